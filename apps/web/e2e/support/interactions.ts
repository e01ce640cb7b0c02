/** What a person does, counted: a click, a chord, a choice and a text that is typed are one each (ux.md 5.3). */
import type { Locator, Page } from 'playwright-core';

export class Interactions {
  private done = 0;

  constructor(private readonly page: Page) {}

  get count(): number {
    return this.done;
  }

  async click(target: Locator): Promise<void> {
    this.done += 1;
    await target.click();
  }

  async press(keys: string): Promise<void> {
    this.done += 1;
    await this.page.keyboard.press(keys);
  }

  async type(target: Locator, text: string): Promise<void> {
    this.done += 1;
    await target.fill(text);
  }

  async choose(target: Locator, value: string): Promise<void> {
    this.done += 1;
    await target.selectOption(value);
  }
}
