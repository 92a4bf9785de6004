/** What the types promise. The compiler is what checks them: `tsc` fails where one does not hold. */
import { describe, expectTypeOf, it } from "vitest";
import {
  type APIError,
  type ChatCompletion,
  type ChatCompletionChunk,
  type ChatCompletionCreateParams,
  type ChatCompletionStream,
  type ClientOptions,
  type components,
  type Model,
  type ModelId,
  type ModelList,
  type NotFoundError,
  type RequestOptions,
  Routescope,
  type Stream,
  type WithRequestID,
} from "../../generated/client.ts";

const client = new Routescope({ apiKey: "k" });
const { completions } = client.chat;
/** Never calls it, so that nothing is sent. */
const refuse = (_: () => Promise<unknown>) => {};

describe("chat.completions.create", () => {
  const body: ChatCompletionCreateParams = {
    model: "any-model",
    messages: [{ role: "user", content: "Hi" }],
  };

  it("gives a completion, a stream for `stream: true`, and either for a boolean", () => {
    const whole = () => completions.create({ model: "gpt-5.4", messages: [] });
    const off = () => completions.create({ ...body, stream: false });
    const on = () => completions.create({ ...body, stream: true });
    const either = (stream: boolean) => completions.create({ ...body, stream });
    const unknown = () => completions.create(body);
    expectTypeOf(whole).returns.resolves.toEqualTypeOf<WithRequestID<ChatCompletion>>();
    expectTypeOf(off).returns.resolves.toEqualTypeOf<WithRequestID<ChatCompletion>>();
    expectTypeOf(on).returns.resolves.toEqualTypeOf<
      ChatCompletionStream<ChatCompletionChunk, ChatCompletion>
    >();
    expectTypeOf(either).returns.resolves.toEqualTypeOf<
      WithRequestID<ChatCompletion> | ChatCompletionStream<ChatCompletionChunk, ChatCompletion>
    >();
    expectTypeOf(unknown).returns.resolves.toEqualTypeOf<
      WithRequestID<ChatCompletion> | ChatCompletionStream<ChatCompletionChunk, ChatCompletion>
    >();
  });

  it("types the chunks and what is in them", () => {
    type Chunk = Stream<ChatCompletionChunk> extends AsyncIterable<infer Item> ? Item : never;
    expectTypeOf<Chunk>().toEqualTypeOf<ChatCompletionChunk>();
    expectTypeOf<Chunk["choices"][number]["delta"]["content"]>().toEqualTypeOf<string | null | undefined>();
    expectTypeOf<Stream<Chunk>["controller"]>().toEqualTypeOf<AbortController>();
  });

  it("refuses what the contract refuses", () => {
    // @ts-expect-error no messages
    refuse(() => completions.create({ model: "m" }));
    // @ts-expect-error no such role
    refuse(() => completions.create({ ...body, messages: [{ role: "robot", content: "Hi" }] }));
    // @ts-expect-error a number
    refuse(() => completions.create({ ...body, temperature: "hot" }));
    // @ts-expect-error no such option
    refuse(() => completions.create(body, { retries: 1 }));
  });
});

it("models", () => {
  expectTypeOf(client.models.list).parameter(0).toEqualTypeOf<RequestOptions | undefined>();
  expectTypeOf<Parameters<typeof client.models.list>["length"]>().toEqualTypeOf<0 | 1>();
  expectTypeOf(client.models.list).returns.resolves.toEqualTypeOf<WithRequestID<ModelList>>();
  expectTypeOf(client.models.retrieve).parameter(0).toEqualTypeOf<ModelId>();
  expectTypeOf(client.models.retrieve).parameter(1).toEqualTypeOf<RequestOptions | undefined>();
  expectTypeOf<Parameters<typeof client.models.retrieve>["length"]>().toEqualTypeOf<1 | 2>();
  expectTypeOf(client.models.retrieve).returns.resolves.toEqualTypeOf<WithRequestID<Model>>();
});

it("model ids: the known ones are offered, and any other is taken", () => {
  expectTypeOf<"gpt-5.4">().toExtend<ModelId>();
  expectTypeOf<string>().toExtend<ModelId>();
  expectTypeOf<Extract<ModelId, "gpt-5.4">>().toEqualTypeOf<"gpt-5.4">();
});

it("the key may be undefined, as it is in an environment, and a function", () => {
  expectTypeOf<{ apiKey: string | undefined }>().toExtend<ClientOptions>();
  expectTypeOf<{ apiKey: () => Promise<string> }>().toExtend<ClientOptions>();
  expectTypeOf<{ apiKey: number }>().not.toExtend<ClientOptions>();
});

it("component schemas have names, and so have errors", () => {
  expectTypeOf<ChatCompletion>().toEqualTypeOf<components["schemas"]["ChatCompletion"]>();
  expectTypeOf<NotFoundError>().toExtend<APIError>();
  expectTypeOf<APIError>().toHaveProperty("request_id").toEqualTypeOf<string | null | undefined>();
});

it("the client underneath knows the paths", () => {
  const list = () => client.http.GET("/v1/models");
  expectTypeOf(list).returns.resolves.toHaveProperty("data").toEqualTypeOf<ModelList | undefined>();
  // @ts-expect-error no such path
  refuse(() => client.http.GET("/v1/nothing"));
});
