import { Injectable } from '@nestjs/common';

/** The state of a process that is on its way out: it still answers, and is not to be asked any more. */
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
