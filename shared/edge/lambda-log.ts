import { Logger } from '@aws-lambda-powertools/logger';
import type { Log } from './log.ts';

/** JSON lines for CloudWatch; the level comes from `POWERTOOLS_LOG_LEVEL`. */
export function lambdaLog(service: string): Log {
  const logger = new Logger({ serviceName: service });
  return {
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}
