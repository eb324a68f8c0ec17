namespace Syrinx;

/// <summary>
/// The look of the pages that the program writes (the corpus' card, the report card): follows the system's light or dark, fits a
/// phone, loads nothing. A page shows one of two languages by two radio buttons, <c>ui-en</c> and <c>ui-zh</c>, without a script.
/// </summary>
public static class PageStyle
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        :root{color-scheme:light dark;--paper:#faf8f4;--card:#fffefb;--ink:#1f2a2e;--muted:#647076;--line:#e4dfd5;--water:#1f7a8c;--water-soft:#8fc1c9;--deep:#0f4c5c;--loss:#e07a5f;--chip:#f0ebe1}
        @media (prefers-color-scheme:dark){:root{--paper:#12191c;--card:#182226;--ink:#e8e6df;--muted:#9aa7ab;--line:#2a363b;--water:#3fa7b8;--water-soft:#27616d;--deep:#8fd3dd;--loss:#ef9277;--chip:#212d32}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI","Noto Sans","Noto Sans CJK TC","PingFang TC","Microsoft JhengHei",sans-serif}
        main{max-width:1180px;margin:0 auto;padding:28px 22px 72px}
        h1,h2,.figure b{font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif","Noto Serif CJK TC","Songti TC",serif;font-weight:600;letter-spacing:-.01em}
        h1{font-size:clamp(30px,5vw,46px);line-height:1.15;margin:10px 0 8px}
        h2{font-size:22px;margin:0 0 4px}
        p{margin:0 0 10px}.muted{color:var(--muted)}.lead-text{font-size:18px;max-width:46em}
        header{display:flex;justify-content:space-between;align-items:flex-start;gap:16px;flex-wrap:wrap}
        .brand{font-size:13px;letter-spacing:.14em;text-transform:uppercase;color:var(--muted)}
        .toggle{display:inline-flex;border:1px solid var(--line);border-radius:999px;background:var(--card);overflow:hidden;font-size:14px}
        .toggle input{position:absolute;opacity:0;width:1px;height:1px}
        .toggle label{padding:6px 16px;min-height:34px;cursor:pointer;color:var(--muted)}
        .toggle input:checked+label{background:var(--water);color:#fff}
        @media (prefers-color-scheme:dark){.toggle input:checked+label{color:#0c1416}}
        .toggle input:focus-visible+label{outline:2px solid var(--deep);outline-offset:-3px;border-radius:999px}
        html:has(#ui-en:checked) .zh,html:has(#ui-zh:checked) .en{display:none}
        .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:1px;background:var(--line);border:1px solid var(--line);border-radius:16px;overflow:hidden;margin:22px 0 26px}
        .figure{background:var(--card);padding:16px 20px}.figure b{display:block;font-size:clamp(24px,3.2vw,34px);line-height:1.2;font-variant-numeric:tabular-nums}
        .figure span{font-size:14px;color:var(--muted)}
        section{background:var(--card);border:1px solid var(--line);border-radius:16px;padding:22px 24px;margin:0 0 20px}
        .pair{display:grid;grid-template-columns:1fr 1fr;gap:20px}.pair section{margin:0;display:flex;flex-direction:column;min-width:0}.pair{margin-bottom:20px}
        svg{display:block;width:100%;height:auto;margin-top:14px}
        svg text{fill:var(--ink);font-size:14px}svg .small{font-size:12.5px}svg .muted{fill:var(--muted)}svg .strong{font-weight:600}
        .trunk{fill:var(--water)}.fan{fill:var(--water-soft);opacity:.9}.loss{fill:var(--loss);opacity:.75}.node{fill:var(--deep)}.lead{stroke:var(--line);fill:none}
        .loss:hover,.fan:hover{opacity:1}
        .narrow{display:none}
        .bars{display:grid;grid-template-columns:minmax(64px,max-content) 1fr max-content;gap:7px 12px;align-items:center;margin:14px 0 0;padding:0;font-size:14px}
        .bars dt{font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;max-width:180px}.bars dd{margin:0}
        .bar{height:14px;border-radius:7px;background:var(--water);min-width:3px}.off .bar,.bar.off{background:var(--line)}
        .count{color:var(--muted);font-variant-numeric:tabular-nums;text-align:right}
        .columns{display:flex;align-items:flex-end;gap:6px;flex:1;min-height:190px;margin:16px 0 0;padding:0;list-style:none}
        .columns li{flex:1;display:flex;flex-direction:column;justify-content:flex-end;align-self:stretch;text-align:center;font-size:12px;color:var(--muted);min-width:0}
        .columns i{display:block;background:var(--water);border-radius:6px 6px 0 0;min-height:2px}
        .columns em{font-style:normal;font-variant-numeric:tabular-nums}
        .heat{display:grid;flex:1;max-height:560px;grid-template-columns:max-content repeat(24,1fr);gap:2px;margin-top:14px;font-size:11.5px;color:var(--muted)}
        .heat{grid-auto-rows:minmax(16px,22px);grid-template-rows:18px}.heat div{border-radius:3px;min-width:0}.heat .period{padding-right:8px;display:flex;align-items:center;white-space:nowrap;font-variant-numeric:tabular-nums}
        .heat .hour{text-align:left;overflow:visible;white-space:nowrap}
        .cell{background:color-mix(in srgb,var(--water) calc(var(--v)*1%),var(--chip))}
        details{border-top:1px solid var(--line)}details:first-of-type{margin-top:14px}section>details:only-child{border:0;margin:0}section>details:only-child>summary{padding:0}
        summary{display:flex;gap:12px;align-items:baseline;cursor:pointer;padding:11px 0;list-style:none}
        summary::-webkit-details-marker{display:none}
        summary::before{content:"";flex:none;width:7px;height:7px;border-right:2px solid var(--muted);border-bottom:2px solid var(--muted);transform:rotate(-45deg);transition:transform .15s}
        details[open]>summary::before{transform:rotate(45deg)}
        summary b{font-weight:600}summary .count{margin-left:auto;white-space:nowrap}
        summary:focus-visible{outline:2px solid var(--water);outline-offset:2px;border-radius:6px}
        blockquote{margin:0 0 10px;padding:9px 14px;border-left:3px solid var(--water-soft);background:var(--chip);border-radius:0 10px 10px 0;white-space:pre-wrap;overflow-wrap:anywhere;font-size:15px}
        .dropped blockquote{border-left-color:var(--loss)}.dropped blockquote.twin{border-left-color:var(--water-soft);margin-left:22px}.twin small{display:block;color:var(--muted)}
        .more{font-size:14px;margin:10px 0 0}.chips{display:flex;flex-wrap:wrap;gap:8px;margin:12px 0 0;padding:0;list-style:none;font-size:14px}
        .chips li{background:var(--chip);border-radius:999px;padding:4px 13px}.chips b{font-variant-numeric:tabular-nums}
        table{border-collapse:collapse;font-size:14px;width:100%}td{padding:5px 10px 5px 0;border-top:1px solid var(--line)}td+td{text-align:right;font-variant-numeric:tabular-nums}
        footer{color:var(--muted);font-size:14px;padding:8px 4px}
        @media (max-width:719px){main{padding:18px 14px 48px}header{margin-bottom:14px}.figure:last-child{grid-column:1/-1}section{padding:18px 16px}.pair{grid-template-columns:1fr}.wide{display:none}.narrow{display:block}.heat{gap:1px;font-size:10.5px;grid-auto-rows:15px}.heat .period{padding-right:5px}.columns{gap:4px;height:150px;flex:none}.columns li{font-size:10.5px}.bars dt{max-width:116px}}
        @media print{.toggle{display:none}section{break-inside:avoid}}
        """;
}
