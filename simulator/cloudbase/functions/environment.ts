/** Who calls a function, and through what. */
export interface Caller {
  /** absent for a timer or an HTTP request */
  openid?: string
  /** the chain of callers, the last one last: `wx_client`, `wx_client,scf`, `wx_trigger`, … */
  source?: string
}

export interface Platform {
  envId: string
  appid: string
  /** where wx-server-sdk sends its requests */
  url: string
  /** what proves that a request comes from one of these functions */
  secret: string
}

/** What every function finds in its environment (the names that wx-server-sdk 4.0.2 reads). */
export function platformEnv({ envId, url, secret }: Platform): Record<string, string> {
  return {
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    SCF_NAMESPACE: envId,
    TCB_ENV: envId,
    TENCENTCLOUD_SECRETID: 'simulator',
    TENCENTCLOUD_SECRETKEY: 'simulator',
    TENCENTCLOUD_SESSIONTOKEN: secret,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: url }),
    // without it a call that fails keeps the process busy for 3 s
    SILENCE: 'true',
  }
}

/**
 * What one call adds. `token` travels with every request of the SDK, so that the endpoint knows
 * the call that a request comes from.
 */
export function callEnv(appid: string, { openid, source }: Caller, token: string) {
  const wx = {
    WX_APPID: appid,
    WX_API_TOKEN: token,
    ...(openid === undefined ? {} : { WX_OPENID: openid, WX_CLIENTIP: '127.0.0.1' }),
  }
  return {
    ...wx,
    WX_CONTEXT_KEYS: Object.keys(wx).join(','),
    TCB_CONTEXT_KEYS: 'TCB_ENV,TCB_SOURCE',
    ...(source === undefined ? {} : { TCB_SOURCE: source }),
  }
}
