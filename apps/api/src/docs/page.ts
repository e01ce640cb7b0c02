/** A page of the documentation: no script of others, no font, no address but ours, so that it works offline and by the policy. */

export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** `head` and `body` are HTML. */
export const page = (title: string, body: string, head = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Reeve</title>
<link rel="icon" href="/icon.svg">
${head}<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<header class="bar"><a href="/">Reeve</a><nav aria-label="Documentation"><a href="/docs">REST</a> <a href="/docs/graphql">GraphQL</a> <a href="/docs/guides">Guides</a></nav></header>
${body}
</body>
</html>
`;

export const STYLES = `
:root { color-scheme: light dark; --text: #1c2024; --muted: #5b626a; --line: #d9dce0; --canvas: #ffffff; --sunken: #f3f4f6; --accent: #2350c4; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8eaed; --muted: #a2a9b1; --line: #33383e; --canvas: #14171a; --sunken: #1d2125; --accent: #9db8ff; }
}
body { margin: 0; background: var(--canvas); color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
.bar { display: flex; gap: 24px; padding: 10px 20px; border-bottom: 1px solid var(--line); }
.bar nav { display: flex; gap: 16px; }
.bar > a { color: inherit; font-weight: 600; text-decoration: none; }
a { color: var(--accent); }
.swagger-ui .scheme-container { display: none; }
main { padding: 8px 20px 64px; max-width: 900px; margin: 0 auto; }
.columns { display: grid; grid-template-columns: 220px minmax(0, 1fr); gap: 32px; max-width: 1160px; margin: 0 auto; padding: 0 20px 64px; }
.columns > nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow-y: auto; padding: 16px 0; font-size: 13px; }
.columns > nav ul { list-style: none; margin: 0 0 12px; padding: 0; }
.columns > nav h2 { font-size: 12px; margin: 8px 0 4px; color: var(--muted); border: 0; }
.columns main { padding: 0; margin: 0; max-width: none; }
h1 { font-size: 22px; }
h2 { font-size: 16px; margin: 32px 0 8px; padding-top: 8px; border-top: 1px solid var(--line); }
code { font: 13px/1.6 ui-monospace, monospace; }
dl { margin: 0; }
dt { margin-top: 10px; overflow-wrap: anywhere; }
dd { margin: 0 0 0 16px; color: var(--muted); }
p { margin: 4px 0; color: var(--muted); }
.guide p, .guide ul, .guide ol { margin: 12px 0; color: inherit; }
.guide pre { overflow-x: auto; padding: 10px 12px; border-radius: 6px; background: var(--sunken); }
.guide table { border-collapse: collapse; margin: 12px 0; }
.guide th, .guide td { padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
.guide li { margin: 6px 0; }
.guide .list a { display: inline-block; padding: 4px 0; }
@media (max-width: 700px) { .columns { display: block; } .columns > nav { position: static; max-height: none; } }
`;
