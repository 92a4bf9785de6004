/** What a call gives: a promise of its answer, which can be asked for the HTTP response too. */

/** An answer with the request's ID (`x-request-id`), which is not enumerable. Quote it when you report a problem. */
export type WithRequestID<T> = T extends AsyncIterable<unknown> | readonly unknown[] | Blob
  ? T
  : T extends object
    ? T & { readonly _request_id?: string | null }
    : T;

/** What was answered, once it is read. */
export interface Outcome {
  data: unknown;
  response: Response;
}

/** What the caller wants of a call. It can change until the call begins. */
export interface Wish {
  /** The response as it came, its body not read. */
  raw: boolean;
  begun?: boolean;
}

/** A promise of an answer, as the official `openai` package has it. */
export class APIPromise<T> extends Promise<WithRequestID<T>> {
  readonly #outcome: Promise<Outcome>;
  readonly #wish: Wish;

  /** What `then` and the like return is an ordinary promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** @param run makes the call. It is not begun at once, so that `asResponse` can say before what it wants */
  constructor(run: (wish: Wish) => Promise<Outcome>) {
    const wish: Wish = { raw: false };
    const outcome = Promise.resolve().then(() => {
      wish.begun = true;
      return run(wish);
    });
    super((resolve, reject) => {
      outcome.then(({ data }) => resolve(data as WithRequestID<T>), reject);
    });
    this.#outcome = outcome;
    this.#wish = wish;
  }

  /**
   * The response as it came, with its body unread: to be read in another way. Failures are thrown as always.
   *
   * @throws {TypeError} when asked later than in the same expression as the call
   */
  async asResponse(): Promise<Response> {
    this.#handled();
    if (this.#wish.begun) throw new TypeError("Ask for the response at once: client.method().asResponse().");
    this.#wish.raw = true;
    return (await this.#outcome).response;
  }

  /** The answer, and the response that it came in, whose body is read. */
  async withResponse(): Promise<{
    data: WithRequestID<T>;
    response: Response;
    request_id: string | null;
  }> {
    this.#handled();
    const { data, response } = await this.#outcome;
    return {
      data: data as WithRequestID<T>,
      response,
      request_id: response.headers.get("x-request-id"),
    };
  }

  /** The returned promise reports the failure; mark this one as handled. */
  #handled(): void {
    this.catch(() => {});
  }
}
