// Promises: src/docs/generated/guides.json holds the guides of docs/ as HTML, in the order in which one needs them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Marked } from 'marked';

const GUIDES = [
  'wire-an-agent',
  'write-a-condition',
  'other-resources',
  'stop-and-lift',
  'export-and-verify',
  'send-telemetry',
  'connect-langfuse',
  'run-in-production',
];
const docs = new URL('../../docs/', import.meta.url);
const out = new URL('src/docs/generated/', import.meta.url);

const marked = new Marked({
  renderer: {
    // What scrolls to the side is reached by keyboard.
    code: ({ text }) => `<pre tabindex="0"><code>${escape(text)}</code></pre>\n`,
    heading({ tokens, depth }) {
      const text = this.parser.parseInline(tokens);
      return `<h${depth} id="${slug(text)}">${text}</h${depth}>\n`;
    },
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      const to = address(href);
      return to === null ? text : `<a href="${escape(to)}">${text}</a>`;
    },
    // A column without a name has no head.
    tablecell({ header, tokens }) {
      const text = this.parser.parseInline(tokens);
      const tag = header && text !== '' ? 'th' : 'td';
      return `<${tag}>${text}</${tag}>\n`;
    },
    html: ({ text }) => escape(text),
  },
});

/** What is a page of ours or of the web; a file of the repository is a name here and no link. */
function address(href) {
  if (/^(https:\/\/|#)/.test(href)) return href;
  const [, name, hash = ''] = /^([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
  return GUIDES.includes(name) ? `/docs/guides/${name}${hash}` : null;
}

const escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const slug = (html) =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .toLowerCase()
    .replaceAll(/[^\w]+/g, '-')
    .replaceAll(/^-|-$/g, '');

const guides = GUIDES.map((name) => {
  const text = readFileSync(new URL(`${name}.md`, docs), 'utf8');
  const [, title] = /^# (.+)$/m.exec(text) ?? [];
  if (title === undefined) throw new Error(`docs/${name}.md has no title`);
  return { name, title, html: marked.parse(text) };
});
mkdirSync(out, { recursive: true });
writeFileSync(new URL('guides.json', out), JSON.stringify(guides));
