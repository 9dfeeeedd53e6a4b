// One equation a line in, its MathML a line out: {"tex", "display"} -> {"mathml"} or {"error"}.
import { createInterface } from "node:readline";
import temml from "temml";

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line);
  try {
    const mathml = temml.renderToString(tex, { displayMode: display, throwOnError: true, wrap: "tex" });
    console.log(JSON.stringify({ mathml }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}
