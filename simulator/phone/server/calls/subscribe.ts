import { strings } from '../bad-request'
import type { TemplateTitle } from '../services'
import type { Caller } from './call'

interface TemplateIds {
  ids: string[]
}

/** Returns the existing ones of the templates (wx.requestSubscribeMessage). */
export function findTemplates({ ids }: TemplateIds, { services }: Caller): TemplateTitle[] {
  const wanted = strings(ids)
  return services.cloud.messages.templates.filter(({ id }) => wanted.includes(id))
}

/** Records that the shopper allows one more message of each template. */
export function acceptMessages({ ids }: TemplateIds, { openid, services }: Caller): null {
  services.cloud.messages.accept(openid, strings(ids))
  return null
}
