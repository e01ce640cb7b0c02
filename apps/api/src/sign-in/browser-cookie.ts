/** The cookie a browser is remembered by. */
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../infra/config.js';
import { HostCookie } from './cookie.js';

@Injectable()
export class BrowserCookie extends HostCookie {
  constructor(@Inject(CONFIG) config: Config) {
    super('reeve_browser', config);
  }
}
