import { FONT_SIZES, onSettingChange, setting } from '../../frame/settings'
import { getDeviceInfo, getWindowInfo } from './device'
import { listeners } from './listeners'

/** The version of WeChat's base library that this phone simulates; also in project.config.json. */
const SDK_VERSION = '3.8.0'

/**
 * Creates the functions of wx that describe WeChat itself. Only a mini program with `darkmode` in its
 * app.json receives the theme (reference of wx.getAppBaseInfo and of wx.onThemeChange).
 */
export function appBaseInfoApi(darkmode: boolean) {
  const getAppBaseInfo = () => {
    const fontSizeSetting = FONT_SIZES[setting('font')]
    return {
      SDKVersion: SDK_VERSION,
      language: 'zh_CN',
      version: '8.0.50',
      ...(darkmode && { theme: setting('theme') }),
      fontSizeSetting,
      fontSizeScaleFactor: fontSizeSetting / FONT_SIZES.normal,
      enableDebug: false,
    }
  }
  const themeChange = listeners('onThemeChange')
  if (darkmode) onSettingChange('theme', () => themeChange.notify({ theme: setting('theme') }))
  return {
    getAppBaseInfo,
    getSystemInfoSync: () => ({ ...getAppBaseInfo(), ...getDeviceInfo(), ...getWindowInfo() }),
    onThemeChange: themeChange.on,
    offThemeChange: themeChange.off,
  }
}
