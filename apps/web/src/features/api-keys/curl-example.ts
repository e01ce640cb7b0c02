/** A first question with a new key, as one types it. */
import type { FirstQuestionQuery } from '../../shared/gql/generated/graphql.js';

export type FirstQuestion = NonNullable<FirstQuestionQuery['firstQuestion']>;

export function curlExample(origin: string, secret: string, question: FirstQuestion): string {
  const body = JSON.stringify({
    subject: { type: question.subjectType, id: question.subjectId },
    action: { name: 'tools/call' },
    resource: { type: 'tool', id: question.tool, properties: { arguments: question.arguments } },
    context: { agent: question.assistant, channel: 'interactive' },
  });
  return [
    `curl ${quoted(`${origin}/access/v1/evaluation`)} \\`,
    `  -H ${quoted(`authorization: Bearer ${secret}`)} \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d ${quoted(body)}`,
  ].join('\n');
}

/** Single quotes would end the shell's string. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
