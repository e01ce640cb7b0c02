/** The PDP metadata document (AuthZEN 1.0). It names only the endpoints that are there. */
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../infra/config.js';

@Injectable()
export class Metadata {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  document() {
    const pdp = (this.config.publicUrl ?? `http://${this.config.host}:${this.config.port}`).replace(
      /\/$/,
      '',
    );
    return {
      policy_decision_point: pdp,
      access_evaluation_endpoint: `${pdp}/access/v1/evaluation`,
      access_evaluations_endpoint: `${pdp}/access/v1/evaluations`,
    };
  }
}
