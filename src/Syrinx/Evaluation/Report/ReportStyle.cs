namespace Syrinx.Evaluation.Report;

/// <summary>What the report card's style has beyond <see cref="PageStyle"/>: a colour a run, ranges with a dot, tables that scroll on a phone.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root{--c0:#1f7a8c;--c1:#d1603d;--c2:#7a5ea8;--c3:#5b8c3e;--c4:#b8860b;--c5:#a8446f}
        @media (prefers-color-scheme:dark){:root{--c0:#4fb3c4;--c1:#f0906d;--c2:#b39ddb;--c3:#93c572;--c4:#e0b84c;--c5:#e388ad}}
        .run0{--c:var(--c0)}.run1{--c:var(--c1)}.run2{--c:var(--c2)}.run3{--c:var(--c3)}.run4{--c:var(--c4)}.run5{--c:var(--c5)}.plain{--c:var(--muted)}
        .curve{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}.spot{fill:var(--card);stroke:var(--c);stroke-width:2.5}
        .models{display:grid;grid-template-columns:repeat(auto-fit,minmax(250px,1fr));gap:14px;margin:22px 0 20px;padding:0;list-style:none}
        .models li{background:var(--card);border:1px solid var(--line);border-top:4px solid var(--c);border-radius:14px;padding:14px 18px;min-width:0}
        .models b{display:block;font-size:18px;overflow-wrap:anywhere}.models span{font-size:14px}
        .key{display:flex;flex-wrap:wrap;gap:4px 18px;margin:10px 0 0;padding:0;list-style:none;font-size:14px}
        .key li::before{content:"";display:inline-block;width:12px;height:12px;border-radius:50%;background:var(--c);margin-right:7px;vertical-align:-1px}
        .ranges{display:grid;grid-template-columns:minmax(80px,max-content) 1fr max-content;gap:3px 14px;align-items:center;margin:14px 0 0;font-size:14px}
        .ranges .name{overflow:hidden;text-overflow:ellipsis;max-width:300px}
        .group{grid-column:1/-1;font-weight:600;margin-top:10px;display:flex;gap:10px;align-items:baseline}.group small{font-weight:400;color:var(--muted)}
        .track{position:relative;height:18px;min-width:60px}.track::before{content:"";position:absolute;left:0;right:0;top:8.5px;height:1px;background:var(--line)}
        .reach{position:absolute;top:6px;height:6px;border-radius:3px;background:var(--c);opacity:.38;min-width:2px}
        .dot{position:absolute;top:3px;width:12px;height:12px;margin-left:-6px;border-radius:50%;background:var(--c)}
        .mark{position:absolute;top:-2px;bottom:-2px;width:2px;margin-left:-1px;background:var(--muted);opacity:.6}
        .value{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}.value small{color:var(--muted)}
        .ranges.bare{grid-template-columns:1fr max-content}.bare .scale{grid-column:1}
        .scale{grid-column:2;display:flex;justify-content:space-between;color:var(--muted);font-size:12px;font-variant-numeric:tabular-nums;margin-top:4px}
        .scroll{overflow-x:auto}th{font-weight:600;text-align:right;padding:5px 0 5px 14px;white-space:nowrap;vertical-align:bottom}th:first-child{text-align:left;padding-left:0}
        td+td{padding:5px 0 5px 14px;white-space:nowrap}.notice{border-left:4px solid var(--loss);padding:8px 14px;background:var(--chip);border-radius:0 10px 10px 0}
        .wraps td{white-space:normal;overflow-wrap:anywhere}
        @media (max-width:719px){.ranges{grid-template-columns:minmax(0,1fr)}.ranges .name{max-width:none}.scale{grid-column:1}.ranges:not(.bare) .value{text-align:left;margin-bottom:6px}.ranges.bare{grid-template-columns:minmax(0,1fr) minmax(0,max-content)}.bare .value{white-space:normal;max-width:46vw}}
        """;
}
