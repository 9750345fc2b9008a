import { ConfigError, nameAndPlace } from '../../pay/src/errors'
import { publishError } from '../../pay/src/publish-error'
import { sendSubscribeMessage, sources } from './cloud'
import { readConfig } from './config'
import { fill, type PaidOrder } from './template'

/**
 * The outcome of a message. `refused`: WeChat will never accept it. `later`: a definite temporary
 * refusal. `unknown`: it may have been sent.
 */
export interface MessageReply {
  outcome: 'sent' | 'refused' | 'later' | 'unknown'
  /** why it was not sent: a code, or the name and place of an unknown error */
  why?: string
}

/** The errcodes of temporary refusals: an access token that has just expired, too many calls. */
const LATER: ReadonlySet<number> = new Set([40001, 42001, 45009, 45011])

/**
 * Sends the payer a subscribe message that the order is paid. Only other functions may call it:
 * a phone could make the shop send messages to anyone.
 * @param event see PaidOrder
 */
export async function main(event: unknown): Promise<MessageReply> {
  const reply = await send(event)
  // The log has only the outcome, never the message or its receiver.
  console.log(JSON.stringify({ action: 'message', ...reply }))
  return reply
}

async function send(event: unknown): Promise<MessageReply> {
  if (sources().at(-1) !== 'scf') return { outcome: 'refused', why: 'FORBIDDEN' }
  if (!isPaidOrder(event)) return { outcome: 'refused', why: 'BAD_REQUEST' }
  let config: ReturnType<typeof readConfig>
  try {
    config = readConfig(__dirname)
  } catch (error) {
    if (!(error instanceof ConfigError)) publishError(error)
    console.log(error instanceof ConfigError ? error.message : 'the configuration is unreadable')
    return { outcome: 'refused', why: 'NOT_CONFIGURED' }
  }
  if (!config) return { outcome: 'refused', why: 'NO_TEMPLATE' }
  try {
    await sendSubscribeMessage({
      touser: event.touser,
      templateId: config.template_id,
      page: `pages/pay-result/index?id=${event.out_trade_no}`,
      data: fill(config.fields, event),
      miniprogramState: config.miniprogram_state,
    })
    return { outcome: 'sent' }
  } catch (error) {
    return outcomeOf(error)
  }
}

/** Interprets an error. Only WeChat's errcode is a definite refusal: without it the message may have been sent. */
function outcomeOf(error: unknown): MessageReply {
  const { errCode: code } = Object(error) as { errCode?: unknown }
  if (typeof code !== 'number') return { outcome: 'unknown', why: nameAndPlace(error) }
  if (LATER.has(code)) return { outcome: 'later', why: String(code) }
  const refused = code > 0
  if (!refused) publishError(error)
  return { outcome: refused ? 'refused' : 'unknown', why: String(code) }
}

function isPaidOrder(event: unknown): event is PaidOrder {
  const { touser, out_trade_no, body, total_fee, paid_at } = Object(event) as Partial<PaidOrder>
  return (
    typeof touser === 'string' &&
    typeof out_trade_no === 'string' &&
    /^[0-9a-f]{32}$/.test(out_trade_no) &&
    typeof body === 'string' &&
    Number.isSafeInteger(total_fee) &&
    Number.isSafeInteger(paid_at)
  )
}
