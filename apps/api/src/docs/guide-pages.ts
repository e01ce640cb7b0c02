/** The guides of `docs`, one page a job, and the list of them: what a person does, where the references say what there is. */
import GUIDES from './generated/guides.json' with { type: 'json' };
import { escape, page } from './page.js';

/** Each with its address. */
export function guidePages(): (readonly [path: string, html: string])[] {
  const links = GUIDES.map(({ name, title }) => `<a href="/docs/guides/${name}">${escape(title)}</a>`);
  return [
    [
      '/docs/guides',
      page(
        'Guides',
        `<main class="guide"><h1>Guides</h1><ul class="list">${links.map((link) => `<li>${link}</li>`).join('')}</ul></main>`,
      ),
    ],
    ...GUIDES.map(
      ({ name, title, html }) =>
        [`/docs/guides/${name}`, page(title, `<main class="guide">${html}</main>`)] as const,
    ),
  ];
}
