/** The routes of Reeve that an agent uses, with its key. */
import type { Trace } from './traces.js';
import type { outcome, Answer, Question } from './wire.js';

/** Reeve did not answer, or not as an agent can use. The message says what to do about it. */
export class PdpError extends Error {}

/** Longer than Reeve ever takes. */
const ANSWER_MS = 30_000;

export class Pdp {
  constructor(
    private readonly url: string,
    private readonly apiKey: string,
    private readonly signal?: AbortSignal,
  ) {}

  /** Calls of one message are asked together. */
  async evaluate(questions: readonly Question[]): Promise<readonly Answer[]> {
    const [only] = questions;
    if (only !== undefined && questions.length === 1)
      return [await this.post<Answer>('/access/v1/evaluation', only)];
    const { evaluations } = await this.post<{ evaluations: Answer[] }>('/access/v1/evaluations', {
      evaluations: questions,
    });
    if (evaluations.length !== questions.length)
      throw new PdpError(`${this.url} answered ${evaluations.length} of ${questions.length} questions`);
    return evaluations;
  }

  async account(report: ReturnType<typeof outcome>): Promise<void> {
    await this.post('/v1/outcomes', report);
  }

  /** By OTLP over HTTP, in JSON. */
  async trace(trace: Trace): Promise<void> {
    await this.post('/v1/traces', trace);
  }

  private async post<T>(path: string, body: unknown): Promise<T> {
    this.signal?.throwIfAborted(); // between requests: what was sent is answered in milliseconds
    let response: Response;
    let text: string;
    try {
      response = await fetch(new URL(path, this.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.apiKey}` },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      text = await response.text();
    } catch (error) {
      const { cause, message } = error as Error;
      const why = cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code : message;
      throw new PdpError(`no answer from ${this.url}${path} (${why}); is Reeve running there?`, {
        cause: error,
      });
    }
    if (!response.ok) throw new PdpError(`${this.url}${path} answered ${response.status}: ${brief(text)}`);
    return JSON.parse(text) as T;
  }
}

/** A problem's own sentence if it is one. */
function brief(text: string): string {
  try {
    const { title, detail } = JSON.parse(text) as { title?: string; detail?: string };
    return [title, detail].filter(Boolean).join(': ') || text.slice(0, 200);
  } catch {
    return text.slice(0, 200);
  }
}
