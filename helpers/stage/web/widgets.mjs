// What the page may begin: a Stage or a Form in an element, for a widget's model, once the model is whole. Each returns what ends it.

import { whenWhole } from "./dom.mjs";
import { Form, lackingInForm } from "./form.mjs";
import { Stage, lackingInStage } from "./stage.mjs";
import { followChecks } from "./waiting.mjs";

const shown = (Kind, lacking) => ({ model, el, carrier }) => {
  followChecks(carrier);
  return whenWhole(model, lacking, () => {
    const view = new Kind(model, el);
    return () => view.dispose();
  });
};

export default { stage: shown(Stage, lackingInStage), form: shown(Form, lackingInForm) };
