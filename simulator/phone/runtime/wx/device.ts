import { byId } from '../frame/dom'
import { showToast } from '../frame/toast'
import { ApiFailure, asyncApi, numberOption, stringOption } from './async-api'

/** WeChat's base library whose behaviour this phone follows; also in project.config.json. */
const SDK_VERSION = '3.8.0'

export const deviceApi = {
  getAppBaseInfo,
  getDeviceInfo,
  getWindowInfo,
  getSystemInfoSync: () => ({ ...getAppBaseInfo(), ...getDeviceInfo(), ...getWindowInfo() }),

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

function getAppBaseInfo() {
  return {
    SDKVersion: SDK_VERSION,
    language: 'zh_CN',
    version: '8.0.50',
    theme: 'light',
    fontSizeSetting: 16,
    enableDebug: false,
  }
}

function getDeviceInfo() {
  return { brand: 'simulator', model: 'simulator', system: 'iOS 17.0', platform: 'ios' }
}

/** px */
function getWindowInfo() {
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
