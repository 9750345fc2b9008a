import { byId } from '../../frame/dom'
import { showToast } from '../../frame/toast'
import { ApiFailure, asyncApi, numberOption, stringOption } from './async-api'

export const deviceApi = {
  getDeviceInfo,
  getWindowInfo,

  vibrateShort: asyncApi('vibrateShort', () => {}),
  setClipboardData: asyncApi('setClipboardData', async (options) => {
    const data = stringOption(options, 'data')
    try {
      await navigator.clipboard.writeText(data)
    } catch {
      throw new ApiFailure('the browser does not let this page write to the clipboard')
    }
    showToast('内容已复制', 'success', false, 1500)
  }),
  getRandomValues: asyncApi('getRandomValues', (options) => {
    const length = numberOption(options, 'length')
    return { randomValues: crypto.getRandomValues(new Uint8Array(length)).buffer }
  }),

  nextTick: (callback: () => void) => queueMicrotask(callback),
  arrayBufferToBase64: (buffer: ArrayBuffer) =>
    btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('')),
  base64ToArrayBuffer: (base64: string) =>
    Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer,
}

export function getDeviceInfo() {
  return { brand: 'simulator', model: 'simulator', system: 'iOS 17.0', platform: 'ios' }
}

/** Returns the sizes of the phone, in px. */
export function getWindowInfo() {
  const { clientWidth: screenWidth, clientHeight: screenHeight } = byId('phone')
  const { clientWidth: windowWidth, clientHeight: windowHeight } = byId('screen')
  return {
    pixelRatio: devicePixelRatio,
    screenWidth,
    screenHeight,
    windowWidth,
    windowHeight,
    statusBarHeight: byId('status-bar').clientHeight,
    screenTop: screenHeight - windowHeight,
    safeArea: { left: 0, right: screenWidth, top: 0, bottom: screenHeight },
  }
}
