/** The console as people have it: both themes, three widths; what axe finds in each, and whether the page fits. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A theme is its colours and nothing else: what holds of the rest in one holds in the other. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];
export const WIDE = { width: 1440, height: 900 };
const WIDTHS = [1440, 1024, 480];
const LAYERS = '[role=dialog], [role=menu], [role=listbox]';

/** Rule, place and what would mend it. */
export const violations = (page: Page): Promise<string[]> => found(page, (axe) => axe.withTags(TAGS));

async function found(page: Page, set: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  await settled(page);
  // There is one frame, so no other page is needed to put together what was found in each.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  const { violations: all } = await set(axe).analyze();
  return all.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/**
 * In every look. What is open stays open while the window changes around it; what lies behind a layer is looked at once,
 * with all that stands around it. Afterwards the window is as it was.
 */
export async function expectSound(page: Page): Promise<void> {
  const problems: string[] = [];
  const layered = (await page.locator(LAYERS).count()) > 0;
  for (const width of WIDTHS) {
    await page.setViewportSize({ ...WIDE, width });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const whole = !layered || (width === WIDE.width && colorScheme === 'light');
      const here = await found(page, (axe) => {
        const within = whole ? axe : axe.include(LAYERS);
        return colorScheme === 'light' ? within.withTags(TAGS) : within.withRules(OF_COLOURS);
      });
      if (await scrollsSideways(page)) here.push('the page scrolls sideways');
      problems.push(...here.map((one) => `${colorScheme}, ${width} px: ${one}`));
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(WIDE);
  expect(problems).toEqual([]);
}

/** Two frames for the layout, and whatever moves has come to rest. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const moving = document
      .getAnimations()
      .filter((each) => each.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(moving.map((each) => each.finished));
  });

const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate(() =>
    [document.scrollingElement, document.querySelector('main')].some(
      (each) => each !== null && each.scrollWidth > each.clientWidth,
    ),
  );
