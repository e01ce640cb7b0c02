import { Injectable } from '@nestjs/common';

/** Whether this process is on its way out: it still answers, and is not to be asked any more. */
@Injectable()
export class Draining {
  private begun = false;

  begin(): void {
    this.begun = true;
  }

  get hasBegun(): boolean {
    return this.begun;
  }
}
