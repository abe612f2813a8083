import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from './log.ts';

/**
 * JSON lines for CloudWatch, each with the function's name and the stage (`STAGE`); the level comes from
 * `POWERTOOLS_LOG_LEVEL`, the service from `POWERTOOLS_SERVICE_NAME`.
 */
export function lambdaLog(name: string): Log {
  const { STAGE, POWERTOOLS_SERVICE_NAME } = process.env;
  const logger = new Logger({ serviceName: POWERTOOLS_SERVICE_NAME || 'eip-autopilot' });
  return writing(logger, { function: name, ...(STAGE ? { stage: STAGE } : {}) });
}

/** A child holds what it adds as fields and not as keys of the logger, for invocations may overlap on one process. */
const writing = (logger: Logger, own: Readonly<Record<string, unknown>>): Log => ({
  info: (message, fields = {}) => logger.info(message, { ...own, ...fields }),
  warn: (message, fields = {}) => logger.warn(message, { ...own, ...fields }),
  error: (message, fields = {}) => logger.error(message, { ...own, ...fields }),
  with: more => writing(logger, { ...own, ...more }),
});
