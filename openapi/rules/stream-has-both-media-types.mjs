/** The same operation answers whole or as a stream, as the body says; clients and mock need both described. */
import { calls, entries, resolve, responses } from "./functions/document.mjs";
import { rule } from "./functions/rule.mjs";

const [WHOLE, STREAM] = ["application/json", "text/event-stream"];

function check(document) {
  return calls(document).flatMap((call) => {
    const body = resolve(document, call.operation.requestBody, [...call.path, "requestBody"]);
    const schema = resolve(document, body?.node.content?.[WHOLE]?.schema, []);
    const asks = Object.hasOwn(schema?.node.properties ?? {}, "stream");
    return responses(document, call)
      .filter(({ status }) => status.startsWith("2"))
      .flatMap(({ node, path }) => {
        const types = entries(node.content).map(([type]) => type);
        // Bytes or a text may be the whole answer, too.
        const whole = types.some((type) => type !== STREAM);
        const stream = types.includes(STREAM);
        const selected = stream && node.content[STREAM]["x-when"] !== undefined;
        const here = [...path, "content"];
        if (stream && !whole)
          return [
            {
              message: `The answer comes as a stream alone. Describe the whole one as ${WHOLE}.`,
              path: here,
            },
          ];
        if (whole && asks && !stream)
          return [
            {
              message: `A request may ask for a stream, but none is described. Add ${STREAM}, or remove "stream" from the body.`,
              path: here,
            },
          ];
        if (stream && !asks && !selected)
          return [
            {
              message: `No request can ask for this stream. Add the property "stream" to the body, or an x-when to ${STREAM}.`,
              path: [...here, STREAM],
            },
          ];
        return [];
      });
  });
}

export default rule("An answer that may be streamed is described whole and as a stream.", check);
