/**
 * A condition in words, for the shapes that most conditions have: comparisons of one thing with another, put together
 * with and. What has another shape has no words, and is read as it is written: a paraphrase that is nearly right is worse.
 */

const PATH = String.raw`[a-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*`;
const VALUE = String.raw`-?\d+(?:\.\d+)?|"[^"\\]*"|true|false`;
const COMPARISON = new RegExp(String.raw`^(${PATH})\s*(==|!=|<=|>=|<|>)\s*(${VALUE})$`);
const LIST = new RegExp(String.raw`^(${PATH})\s+in\s+\[\s*((?:${VALUE})(?:\s*,\s*(?:${VALUE}))*)\s*\]$`);
const MEMBER = new RegExp(String.raw`^(${VALUE})\s+in\s+(${PATH})$`);
const HAS = new RegExp(String.raw`^(!?)\s*has\((${PATH})\)$`);
const TEXT = new RegExp(String.raw`^(${PATH})\.(startsWith|endsWith|contains)\(("[^"\\]*")\)$`);
const SIZE = new RegExp(String.raw`^size\((${PATH})\)\s*(==|!=|<=|>=|<|>)\s*(\d+)$`);

const COMPARED = {
  '==': 'is',
  '!=': 'is not',
  '<': 'is below',
  '<=': 'is at most',
  '>': 'is above',
  '>=': 'is at least',
} as const;
const TEXTUAL = { startsWith: 'starts with', endsWith: 'ends with', contains: 'contains' } as const;

/** null: it has no words. */
export function conditionWords(source: string): string | null {
  const words = source.split('&&').map((part) => clause(part.trim()));
  return words.includes(null) ? null : words.join(', and ');
}

function clause(source: string): string | null {
  const [, path, operator, value] = COMPARISON.exec(source) ?? [];
  if (path !== undefined) return `${thing(path)} ${COMPARED[operator as keyof typeof COMPARED]} ${value}`;
  const [, item, list] = LIST.exec(source) ?? [];
  if (item !== undefined) return `${thing(item)} is one of ${list}`;
  const [, member, of] = MEMBER.exec(source) ?? [];
  if (member !== undefined && of !== undefined) return `${thing(of)} include ${member}`;
  const [, not, present] = HAS.exec(source) ?? [];
  if (present !== undefined) return `${thing(present)} is ${not === '!' ? 'not given' : 'given'}`;
  const [, text, how, part] = TEXT.exec(source) ?? [];
  if (text !== undefined) return `${thing(text)} ${TEXTUAL[how as keyof typeof TEXTUAL]} ${part}`;
  const [, counted, compared, many] = SIZE.exec(source) ?? [];
  if (counted !== undefined)
    return `the length of ${thing(counted)} ${COMPARED[compared as keyof typeof COMPARED]} ${many}`;
  return null;
}

/** `args.order.amount` is the argument order.amount. */
function thing(path: string): string {
  const [root = '', ...rest] = path.split('.');
  const member = rest.join('.');
  if (member === '') return root;
  switch (root) {
    case 'args':
      return `the argument ${member}`;
    case 'subject':
      return `the subject’s ${member}`;
    case 'tool':
      return `the tool’s ${member}`;
    default:
      return path;
  }
}
