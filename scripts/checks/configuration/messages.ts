import { fill } from '../../../cloudfunctions/pay-message/src/template'
import type { Diagnostic } from '../../../project/diagnostic'
import { violatedLimit, isFieldKey } from '../../../project/message-fields'
import { errorAt, okAt, warningAt } from '../check'
import { fieldsOf } from '../project-files'
import type { Configuration, MessageConfig } from './configuration'
import { checkUnknownSettings } from './function-config'

const PHONE = 'miniprogram/config.ts templateIds'
const TEMPLATES = 'mp.weixin.qq.com: 订阅消息 → 我的模板'

/** Checks the template ids with which the phone asks the shopper for permission to send messages. */
export function checkTemplateIds({ phone }: Configuration): Diagnostic[] {
  if (phone === undefined || phoneTemplates({ phone }) !== undefined) return []
  const { templateIds } = phone
  if (Array.isArray(templateIds) && templateIds.length > MOST_IDS) {
    const problem = `are more than ${MOST_IDS}: wx.requestSubscribeMessage fails, and no message may be sent`
    return [errorAt(PHONE, problem, 'keep only the one of "paid"')]
  }
  const fix = `write the ids as ${TEMPLATES} shows them, in quotes`
  return [errorAt(PHONE, 'must be a list of template ids', fix)]
}

/** The most ids that wx.requestSubscribeMessage takes. */
const MOST_IDS = 3

/** Returns the phone's template ids; undefined if they are not a valid list. */
function phoneTemplates({ phone }: Pick<Configuration, 'phone'>): unknown[] | undefined {
  const { templateIds } = fieldsOf(phone)
  if (!Array.isArray(templateIds) || templateIds.length > MOST_IDS) return undefined
  const isId = (id: unknown) => typeof id === 'string' && /^[\w-]{20,64}$/.test(id)
  return templateIds.every(isId) ? templateIds : undefined
}

/** Checks the message that confirms a payment to the shopper. The shop can sell without it. */
export function checkMessages(configuration: Configuration): Diagnostic[] {
  const { message } = configuration
  if (message.problems.length > 0) {
    return message.problems.map(({ setting, problem, fix }) =>
      errorAt(message.where(setting), problem, fix),
    )
  }
  return [
    ...checkUnknownSettings(message),
    ...(message.config
      ? checkConfigured(configuration, message.config)
      : checkNotConfigured(configuration)),
  ]
}

function checkNotConfigured(configuration: Configuration): Diagnostic[] {
  const { message } = configuration
  const ids = phoneTemplates(configuration)
  if (!ids) return []
  if (ids.length === 0) {
    const fix = `for messages, fill it in as config/example.js shows, with a template of ${TEMPLATES}, and write its id in ${PHONE} too`
    return [warningAt(message.where(), 'names no template: no messages are sent', fix)]
  }
  const problem = 'names no template, but the phone asks whether messages may be sent'
  return [errorAt(message.where('TEMPLATE_ID'), problem, `write the id that is in ${PHONE}`)]
}

function checkConfigured(configuration: Configuration, config: MessageConfig): Diagnostic[] {
  return [
    ...checkSameTemplate(configuration, config),
    ...checkTemplateData(configuration, config),
    checkState(configuration, config),
  ]
}

function checkSameTemplate(configuration: Configuration, config: MessageConfig): Diagnostic[] {
  const ids = phoneTemplates(configuration)
  if (!ids) return []
  const where = configuration.message.where('TEMPLATE_ID')
  if (!ids.includes(config.template_id)) {
    const problem = 'is not among the ids of the phone: WeChat refuses every message (43101)'
    return [errorAt(where, problem, `write the same id in ${PHONE}`)]
  }
  if (ids.length > 1) {
    const problem = 'has ids that no function sends: shoppers are asked without need'
    return [warningAt(PHONE, problem, `keep only the one of ${where}`)]
  }
  return [okAt(where, 'is the one that the phone asks for')]
}

const SAMPLE = {
  touser: '',
  out_trade_no: 'a'.repeat(32),
  body: '糖葫芦',
  total_fee: 1,
  paid_at: 0,
}

/** Fills the template as the function does, and checks the values against WeChat's limits. */
function checkTemplateData({ message }: Configuration, { fields }: MessageConfig): Diagnostic[] {
  const problems = Object.entries(fill(fields, SAMPLE)).flatMap(([key, { value }]) => {
    const where = message.where(`TEMPLATE_DATA.${key}`)
    if (!isFieldKey(key)) {
      const problem = 'is not a key of a template: those are like thing1 or amount2'
      return [errorAt(where, problem, `copy the keys from ${TEMPLATES} → 详情`)]
    }
    const limit = violatedLimit(key, value)
    if (limit === undefined) return []
    const problem = `cannot be filled with ${fields[key]}: it takes ${limit}`
    return [errorAt(where, problem, 'fill it with something else, or choose another template')]
  })
  if (problems.length > 0) return problems
  return [okAt(message.where('TEMPLATE_DATA'), 'fits the types of its keys')]
}

function checkState({ message }: Configuration, { miniprogram_state }: MessageConfig): Diagnostic {
  const where = message.where('MINIPROGRAM_STATE')
  if (miniprogram_state === 'formal') return okAt(where, 'is formal')
  const problem = `is ${miniprogram_state}: messages open a version that shoppers cannot open`
  return warningAt(where, problem, "write 'formal' before the shop is published")
}
