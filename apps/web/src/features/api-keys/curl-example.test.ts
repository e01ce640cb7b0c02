import { expect, it } from 'vitest';
import { curlExample } from './curl-example.js';

it('is what a shell reads as it was meant, whatever somebody is called', () => {
  const text = curlExample('http://127.0.0.1:4600', 'rvk_agent_x', {
    assistant: 'desk',
    tool: 'search',
    subjectType: 'user',
    subjectId: `o'brien $(id) \\ \`x\``,
    arguments: { q: "it's" },
  });
  expect(text.split('\n')).toEqual([
    `curl 'http://127.0.0.1:4600/access/v1/evaluation' \\`,
    `  -H 'authorization: Bearer rvk_agent_x' \\`,
    `  -H 'content-type: application/json' \\`,
    String.raw`  -d '{"subject":{"type":"user","id":"o'\''brien $(id) \\ ` +
      '`x`' +
      String.raw`"},"action":{"name":"tools/call"},"resource":{"type":"tool","id":"search","properties":{"arguments":{"q":"it'\''s"}}},"context":{"agent":"desk","channel":"interactive"}}'`,
  ]);
});
