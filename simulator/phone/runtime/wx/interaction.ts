import { openActionSheet } from '../../frame/action-sheet'
import { openModal } from '../../frame/modal'
import { type ToastIcon, hideToast, showToast } from '../../frame/toast'
import {
  type Options,
  ApiFailure,
  asyncApi,
  numberOption,
  stringOption,
  stringsOption,
} from './async-api'

const ICONS: readonly ToastIcon[] = ['success', 'error', 'loading', 'none']

/** the most characters that a toast with an icon shows (reference of wx.showToast) */
const ICON_TITLE = 7
/** the most characters of a modal's button (reference of wx.showModal) */
const BUTTON_TEXT = 4
/** the most items of an action sheet (reference of wx.showActionSheet) */
const MAX_ITEMS = 6

export const interactionApi = {
  showToast: asyncApi('showToast', (options) => {
    const named = stringOption(options, 'icon', 'success')
    const icon = ICONS.find((icon) => icon === named)
    if (!icon) throw new ApiFailure(`parameter error: invalid icon ${named}`)
    const title = stringOption(options, 'title')
    const duration = numberOption(options, 'duration', 1500)
    showToast(
      icon === 'none' ? title : title.slice(0, ICON_TITLE),
      icon,
      isMasked(options),
      duration,
    )
  }),
  hideToast: asyncApi('hideToast', hideToast),
  showLoading: asyncApi('showLoading', (options) => {
    const title = stringOption(options, 'title').slice(0, ICON_TITLE)
    showToast(title, 'loading', isMasked(options))
  }),
  hideLoading: asyncApi('hideLoading', hideToast),

  showModal: asyncApi('showModal', async (options) => {
    if (options.editable) throw new ApiFailure("editable is not built into the simulator's phone")
    const confirm = await openModal({
      title: stringOption(options, 'title', ''),
      content: stringOption(options, 'content', ''),
      showCancel: options.showCancel !== false,
      cancelText: buttonText(options, 'cancelText', '取消'),
      cancelColor: stringOption(options, 'cancelColor', ''),
      confirmText: buttonText(options, 'confirmText', '确定'),
      confirmColor: stringOption(options, 'confirmColor', ''),
    })
    return { confirm, cancel: !confirm, content: null }
  }),

  showActionSheet: asyncApi('showActionSheet', async (options) => {
    const items = stringsOption(options, 'itemList')
    if (items.length < 1 || items.length > MAX_ITEMS) {
      throw new ApiFailure(`parameter error: itemList should have 1 to ${MAX_ITEMS} items`)
    }
    const color = stringOption(options, 'itemColor', '')
    const tapIndex = await openActionSheet(items, color)
    if (tapIndex === undefined) throw new ApiFailure('cancel')
    return { tapIndex }
  }),
}

function isMasked(options: Options): boolean {
  return options.mask === true
}

function buttonText(options: Options, key: string, fallback: string): string {
  const text = stringOption(options, key, fallback)
  if (text.length <= BUTTON_TEXT) return text
  throw new ApiFailure(`${key} length should not larger than ${BUTTON_TEXT} Chinese characters`)
}
