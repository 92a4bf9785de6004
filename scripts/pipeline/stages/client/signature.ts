/** The signatures of the generated methods: what callers read, and the code. */
import { type Argument, parameterList } from "./arguments.ts";

/** One signature of a method. */
export interface Signature {
  /** Empty where callers do not see it, behind the others. */
  comment: string;
  /** What the method does, in a sentence. */
  summary: string;
  /** Name, parameters and result, as code. */
  head: string;
  /** As code; absent where another signature of the same method has it. */
  body?: string;
}

/** What callers are told of the signature that has the body of a method with several ones. */
export const UNSEEN = { comment: "", summary: "" };

/** The head of a method whose promise is for one of these types. */
export function head(name: string, list: Argument[], returned: readonly string[]): string {
  return `  ${name}(${parameterList(list)}): APIPromise<${[...new Set(returned)].join(" | ")}>`;
}

/** The code of methods, each by its signatures. */
export function codeOf(methods: Signature[][]): string {
  const texts = methods.map((signatures) =>
    signatures.map(({ comment, head, body = ";\n" }) => comment + head + body).join(""),
  );
  return texts.map((text) => `\n${text}`).join("");
}
