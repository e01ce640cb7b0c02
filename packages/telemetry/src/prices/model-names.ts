/**
 * Promises: the names under which a model's price is looked for, the nearest first. Two rules and no more, so that a
 * model nobody has priced stays unpriced:
 *
 * - alias: what a provider or router puts around a maker's name is taken off: a path before it (`openai/`,
 *   `models/`), Bedrock's region and maker (`us.anthropic.`) and version (`-v1:0`), Vertex' `@` before a date;
 * - family: a date at the end (`-20251001`, `-2025-10-01`), `-latest`, and Gemini's `-001` are taken off. Nothing else
 *   is: `o3-pro` is not `o3`, and `gpt-5-99-99` has no date.
 *
 * Any name as it is comes before any family, so a dated price beats its family's.
 */
export function namesOf(model: string): readonly string[] {
  const said = model.trim().toLowerCase();
  const aliases = [said, withoutPath(said), withoutCloud(withoutPath(said))];
  return [...new Set([...aliases, ...aliases.map(familyOf)])];
}

const withoutPath = (name: string) => name.slice(name.lastIndexOf('/') + 1);

const withoutCloud = (name: string) =>
  name
    .replace(/^(us|eu|apac|global|us-gov|jp|au|ca|sa)\.(?=[a-z0-9]+\.)/, '')
    .replace(/^(anthropic|amazon|meta|mistral|cohere|ai21|deepseek|openai|qwen|writer)\./, '')
    .replace(/-v\d+(:\d+)?$/, '')
    .replace('@', '-');

function familyOf(name: string): string {
  const dated = /^(.+)-(\d{4})-?(\d{2})-?(\d{2})$/.exec(name);
  if (dated !== null) {
    const [, family = name, year, month, day] = dated;
    return isDate(Number(year), Number(month), Number(day)) ? family : name;
  }
  return name.replace(/-latest$/, '').replace(/^(gemini-.+)-00\d$/, '$1');
}

const isDate = (year: number, month: number, day: number) =>
  year >= 2020 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
