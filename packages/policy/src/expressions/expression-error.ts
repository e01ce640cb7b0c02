/** What is wrong with an expression, and where in it: `path` is a JSON Pointer into a schema, empty for a text. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';

  constructor(
    message: string,
    readonly path: string = '',
  ) {
    super(message);
  }
}
