/** A first question with a new key, as one types it. Single quotes in the body would end the shell's string. */
export function curlExample(origin: string, secret: string, assistant: string, tool: string): string {
  const body = JSON.stringify({
    subject: { type: 'user', id: 'example' },
    action: { name: 'tools/call' },
    resource: { type: 'tool', id: tool, properties: { arguments: {} } },
    context: { agent: assistant },
  }).replaceAll("'", String.raw`'\''`);
  return [
    `curl ${origin}/access/v1/evaluation \\`,
    `  -H 'authorization: Bearer ${secret}' \\`,
    `  -H 'content-type: application/json' \\`,
    `  -d '${body}'`,
  ].join('\n');
}
