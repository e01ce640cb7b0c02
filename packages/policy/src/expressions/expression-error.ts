/** An error in an expression, and its place there: `path` is a JSON Pointer into a schema, empty for a text. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';

  constructor(
    message: string,
    readonly path: string = '',
  ) {
    super(message);
  }
}
