/** JSON that is written by hand. */
import { TextArea } from './field.js';

type JsonFieldProps = Omit<Parameters<typeof TextArea>[0], 'onChange'> & {
  readonly onText: (text: string) => void;
};

export function JsonField({ onText, ...props }: JsonFieldProps) {
  return <TextArea rows={8} code {...props} onChange={(event) => onText(event.target.value)} />;
}

export const jsonText = (value: unknown): string => JSON.stringify(value, null, 2);

/** The object a text is, or what is wrong with it. */
export function objectIn(text: string): object | string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : 'Write an object.';
  } catch (error) {
    return error instanceof Error ? error.message : 'not JSON';
  }
}
