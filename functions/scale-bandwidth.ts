import { alarmGates } from '../shared/edge/alarm.ts';
import { lambdaDoorway, throughGates } from '../shared/edge/lambda.ts';
import { scaleBandwidth, scaleOnAlarm } from '../shared/flow/jobs.ts';

/**
 * Events: a schedule whose input is the ask (`events/scale-bandwidth.schedule.json`); `POST /alarm/{token}` of the HTTP API
 * (`events/scale-bandwidth.alarm.json`), which hands over to the queue; and the queue's messages.
 */
export const handler = throughGates(alarmGates(scaleBandwidth, scaleOnAlarm, lambdaDoorway(scaleBandwidth.name)));
