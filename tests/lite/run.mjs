// Run check.py in a browser's Python. Arguments: Pyodide's folder, the course's folder, the modules to check.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodideFolder, course, ...modules] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideFolder}/pyodide.mjs`));
const pyodide = await loadPyodide({ indexURL: pyodideFolder, packageCacheDir: pyodideFolder });
const { cells } = JSON.parse(readFileSync(`${course}/notebooks/00_start_here.ipynb`, "utf8"));
await pyodide.loadPackagesFromImports(cells[1].source.join(""), { messageCallback: () => {} }); // what cell 2 names
pyodide.mountNodeFS("/course", course);
pyodide.runPython(readFileSync(new URL("check.py", import.meta.url), "utf8"));
const failed = pyodide.globals.get("check")("/course", pyodide.toPy(modules));
process.exit(failed ? 1 : 0);
