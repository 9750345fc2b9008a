import { fill } from '../../cloudfunctions/pay-message/src/template'
import { brokenLimit, isFieldKey } from '../../project/message-fields'
import type { Configuration, MessageConfig } from './configuration'
import { doubtful, right, wrong, type Finding } from './finding'
import { fieldsOf } from './reader'
import { checkUnknownKeys } from './unknown-keys'

const PHONE = 'miniprogram/config.ts templateIds'
const TEMPLATES = 'mp.weixin.qq.com: 订阅消息 → 我的模板'

/** The ids for which the phone asks whether messages may be sent. */
export function checkTemplateIds({ phone }: Configuration): Finding[] {
  if (phone === undefined || askedFor({ phone }) !== undefined) return []
  const { templateIds } = phone
  if (Array.isArray(templateIds) && templateIds.length > MOST_IDS) {
    const text = `are more than ${MOST_IDS}: the question fails, and no message may be sent`
    return [wrong(PHONE, text, 'leave the one of "paid"')]
  }
  const mend = `write the ids as ${TEMPLATES} shows them, in quotes`
  return [wrong(PHONE, 'must be a list of template ids', mend)]
}

/** wx.requestSubscribeMessage takes no more. */
const MOST_IDS = 3

/** The phone's template ids; undefined when they are not what they must be. */
function askedFor({ phone }: Pick<Configuration, 'phone'>): unknown[] | undefined {
  const { templateIds } = fieldsOf(phone)
  if (!Array.isArray(templateIds) || templateIds.length > MOST_IDS) return undefined
  const isId = (id: unknown) => typeof id === 'string' && /^[\w-]{20,64}$/.test(id)
  return templateIds.every(isId) ? templateIds : undefined
}

/** What tells shoppers that they paid; the shop sells without it, too. */
export function checkMessages(configuration: Configuration): Finding[] {
  const { message } = configuration
  if (message.complaints.length > 0) {
    return message.complaints.map(({ key, text, mend }) =>
      wrong(message.place(key), text, mend ?? `${TEMPLATES} → 详情 shows the id and the keys`),
    )
  }
  return [
    ...checkUnknownKeys(message),
    ...(message.config
      ? checkConfigured(configuration, message.config)
      : checkNotConfigured(configuration)),
  ]
}

function checkNotConfigured(configuration: Configuration): Finding[] {
  const { message } = configuration
  const ids = askedFor(configuration)
  if (!ids) return []
  const mend = `for messages, fill it in as config/example.js shows, with a template of ${TEMPLATES}, and write its id in ${PHONE} too`
  if (ids.length === 0) {
    return [doubtful(message.place(), 'names no template: no messages are sent', mend)]
  }
  const text = 'names no template, but the phone asks whether messages may be sent'
  return [wrong(message.place('TEMPLATE_ID'), text, `write the id that is in ${PHONE}`)]
}

function checkConfigured(configuration: Configuration, config: MessageConfig): Finding[] {
  return [
    ...checkSameTemplate(configuration, config),
    ...checkTemplateData(configuration, config),
    ...checkState(configuration, config),
  ]
}

function checkSameTemplate(configuration: Configuration, config: MessageConfig): Finding[] {
  const { message } = configuration
  const ids = askedFor(configuration)
  if (!ids) return []
  const place = message.place('TEMPLATE_ID')
  if (!ids.includes(config.template_id)) {
    const text = 'is not among the ids of the phone: WeChat refuses every message (43101)'
    return [wrong(place, text, `write the same id in ${PHONE}`)]
  }
  if (ids.length > 1) {
    const text = 'has ids that no function sends: shoppers are asked for nothing'
    return [doubtful(PHONE, text, `leave only the one of ${place}`)]
  }
  return [right(place, 'is the one that the phone asks for')]
}

const SAMPLE = {
  touser: '',
  out_trade_no: 'a'.repeat(32),
  body: '糖葫芦',
  total_fee: 1,
  paid_at: 0,
}

/** Fills the template as the function would, and holds it against the limits that WeChat documents. */
function checkTemplateData({ message }: Configuration, { fields }: MessageConfig): Finding[] {
  const findings = Object.entries(fill(fields, SAMPLE)).flatMap(([key, { value }]) => {
    const place = message.place(`TEMPLATE_DATA.${key}`)
    if (!isFieldKey(key)) {
      const mend = `copy the keys from ${TEMPLATES} → 详情`
      return [wrong(place, 'is no key of a template: those are like thing1 or amount2', mend)]
    }
    const limit = brokenLimit(key, value)
    if (limit === undefined) return []
    const text = `cannot be filled with ${fields[key]}: it takes ${limit}`
    return [wrong(place, text, 'fill it with something else, or choose another template')]
  })
  const place = message.place('TEMPLATE_DATA')
  return findings.length > 0 ? findings : [right(place, 'fits the types of its keys')]
}

function checkState({ message }: Configuration, { miniprogram_state }: MessageConfig): Finding[] {
  const place = message.place('MINIPROGRAM_STATE')
  if (miniprogram_state === 'formal') return [right(place, 'is formal')]
  const text = `is ${miniprogram_state}: messages open a version that shoppers cannot`
  return [doubtful(place, text, "write 'formal' before the shop is published")]
}
