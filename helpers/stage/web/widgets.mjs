// What the page may begin: a Stage or a Form in an element, for a widget's model. Each returns what ends it.

import { Form } from "./form.mjs";
import { Stage } from "./stage.mjs";

const shown = (Kind) => ({ model, el }) => {
  const view = new Kind(model, el);
  return () => view.dispose();
};

export default { stage: shown(Stage), form: shown(Form) };
