/** The mini program as the compiler passes it to the runtime. Types only. */

/** What WeChat is set to; a mini program with `darkmode` in its app.json follows it. */
export type Theme = 'light' | 'dark'

/** The window settings of a page that may differ by theme (page.json over app.json's `window`). */
export interface WindowColors {
  /** `#rrggbb`; WeChat's default is black */
  navigationBarBackgroundColor?: string
  /** title, status bar and buttons of the bar; WeChat's default is white */
  navigationBarTextStyle?: 'black' | 'white'
  /** `#rrggbb` behind the page; WeChat's default is white */
  backgroundColor?: string
  /** `#rrggbb` above a page that is pulled down; `backgroundColor` by default */
  backgroundColorTop?: string
  /** the dots above a page that is pulled down; WeChat's default is dark */
  backgroundTextStyle?: 'dark' | 'light'
}

/** A page's window settings: page.json over app.json's `window`. */
export interface WindowConfig {
  navigationBarTitleText?: string
  enablePullDownRefresh?: boolean
  /** px from the end of the page at which onReachBottom is called; WeChat's default is 50 */
  onReachBottomDistance?: number
  /** with the variables of theme.json in their places; both alike without `darkmode` */
  colors: Record<Theme, WindowColors>
}

/** A page or a component: what the runtime must know of it beside its template and its code. */
export interface Unit {
  /** whether it is a page: pages are opened, components are used in templates */
  page: boolean
  /** tag → path of the component, from the root (`/components/badge/index`) */
  usingComponents: Record<string, string>
  /** what the classes of a component's own WXSS are prefixed with; a page's are not */
  styleScope?: string
  /** as its JSON file says: whether classes of the page and of the component reach each other */
  styleIsolation?: string
}

/** The mini program. */
export interface Program {
  appid: string
  /** what WeChat calls the mini program: here the title in app.json's `window` */
  name: string
  /** app.json's `"style": "v2"`: the newer looks of the built-in components */
  styleV2: boolean
  /** app.json's `darkmode`: the mini program and the built-in components follow the theme */
  darkmode: boolean
  /** routes in the order of app.json: the first is home */
  pages: string[]
  /** route → window settings of the page */
  windows: Record<string, WindowConfig>
  /** path without extension → page or component */
  units: Record<string, Unit>
}
