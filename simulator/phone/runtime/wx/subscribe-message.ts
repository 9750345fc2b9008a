import { openSubscribeSheet } from '../../frame/subscribe-sheet'
import { isTapping } from '../engine/taps'
import { callServer } from '../server'
import { ApiFailure, asyncApi, stringsOption } from './async-api'

/** The most templates of one call. Codes and limits follow the reference of wx.requestSubscribeMessage. */
const MAX_TEMPLATES = 3

export const subscribeMessageApi = {
  requestSubscribeMessage: asyncApi('requestSubscribeMessage', async (options) => {
    if (!isTapping()) {
      throw new ApiFailure('can only be invoked by user TAP gesture.', { errCode: 20000 })
    }
    const ids = stringsOption(options, 'tmplIds')
    if (ids.length === 0) throw new ApiFailure("TmplIds can't be empty", { errCode: 10001 })
    if (ids.length > MAX_TEMPLATES) {
      throw new ApiFailure('Templates count out of max bounds', { errCode: 20003 })
    }
    const templates = await callServer('subscribe/templates', { ids })
    if (ids.some((id) => !templates.some((template) => template.id === id))) {
      const reason = 'No template data return, verify the template id exist'
      throw new ApiFailure(reason, { errCode: 20001 })
    }
    const accepted = await openSubscribeSheet(templates.map(({ title }) => title))
    if (accepted) await callServer('subscribe/accept', { ids })
    return Object.fromEntries(ids.map((id) => [id, accepted ? 'accept' : 'reject']))
  }),
}
