/* The identifiers of the simulated account. */

export const ENV_ID = 'simulator-env'
/** the part of a file id after the environment's id */
export const BUCKET = '7369-simulator-env-1250000000'
export const APPID = 'wx5f0c0ffee0000001'
/** the public host of functions with an HTTP route (HTTP 访问服务) */
export const HTTP_HOST = `${ENV_ID}.service.tcloudbase.example`

/** Returns the openid of shopper 1 to 9: 28 characters, as real ones have. */
export const openidOf = (shopper: number) => `oSimulatorShopper_000000000${shopper}`
