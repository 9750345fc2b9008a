import sdk from 'wx-server-sdk'

export type MiniprogramState = 'developer' | 'trial' | 'formal'

export interface SubscribeMessage {
  touser: string
  templateId: string
  page: string
  data: Record<string, { value: string }>
  miniprogramState: MiniprogramState
}

/** The part of wx-server-sdk 4.0.2 that is used. Its own types are too loose for strict TypeScript. */
interface Cloud {
  DYNAMIC_CURRENT_ENV: symbol
  init(options: { env: symbol }): void
  getWXContext(): { SOURCE?: string }
  openapi: { subscribeMessage: { send(message: SubscribeMessage): Promise<unknown> } }
}

const cloud = sdk as unknown as Cloud
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

/** Returns how this invocation was called, the first caller first, such as `wx_client`, `scf`. */
export function sources(): string[] {
  return (cloud.getWXContext().SOURCE ?? '').split(',')
}

/** Sends a message. @throws an error with WeChat's errCode if WeChat refuses it */
export async function sendSubscribeMessage(message: SubscribeMessage): Promise<void> {
  await cloud.openapi.subscribeMessage.send(message)
}
