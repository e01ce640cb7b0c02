import { Controller, Get, Inject } from '@nestjs/common';
import { Public } from '../auth/permission.js';
import { CONFIG, type Config } from '../infra/config.js';
import { publicUrl } from '../infra/public-url.js';

@Controller()
export class MetadataController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Where this PDP's endpoints are (AuthZEN 1.0, PDP metadata). It names only those that are there. */
  @Public()
  @Get('.well-known/authzen-configuration')
  configuration() {
    const pdp = publicUrl(this.config);
    return {
      policy_decision_point: pdp,
      access_evaluation_endpoint: `${pdp}/access/v1/evaluation`,
      access_evaluations_endpoint: `${pdp}/access/v1/evaluations`,
    };
  }
}
