/** The header with which a page is asked for that will be shown in place of another: its styles and its script are there already. */
export const WITHOUT_STYLES = 'drieluik-without-styles';
