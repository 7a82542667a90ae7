/// How a report looks: on a screen of any width, light and dark, and on paper.
///
/// The colours of states are those of Okabe and Ito (2008), darkened or lightened for the ground they stand on; text has a
/// contrast of 4.5 and more against it, which tools/check-report holds it to.
enum ReportStyle {
    static let sheet: StaticString = """

        :root{color-scheme:light dark;--ground:#fdfdfb;--ink:#1d2226;--soft:#545c63;--line:#d5d8d6;--band:#f1f2ee;
        --walk:#00795a;--stand:#4aa3dc;--sit:#d98f00;--lie:#a8588a;--unk:#8a8f94;--off:#8a8f94;
        --mark:#1d2226;--strong:#b34700;--accent:#005f9e;
        --h1:#e3eef6;--h2:#b9d6ea;--h3:#7fb2d6;--h4:#1f6fa8;--h5:#0b3f66;--hink:#102a3d;--hink2:#ffffff}
        @media screen and (prefers-color-scheme:dark){:root{--ground:#14181b;--ink:#e6e8e6;--soft:#a9b1b6;--line:#3a4247;
        --band:#1d2327;--walk:#2fbf94;--stand:#6fbcf0;--sit:#e8a838;--lie:#d58cb8;--unk:#8b949a;--off:#8b949a;
        --mark:#e6e8e6;--strong:#ff9a5c;--accent:#7cc0f2;
        --h1:#1d3240;--h2:#23465d;--h3:#2c5f80;--h4:#7fb8de;--h5:#c4e2f6;--hink:#e9f2f8;--hink2:#0c1f2c}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:62rem;background:var(--ground);color:var(--ink);
        font:1rem/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:break-word}
        h1{font-size:1.6rem;line-height:1.2;margin:0 0 .25rem}
        h2{font-size:1.2rem;line-height:1.3;margin:2.5rem 0 .5rem;padding-top:.6rem;border-top:1px solid var(--line)}
        h3{font-size:1rem;margin:1.5rem 0 .25rem}
        p{margin:.5rem 0;max-width:44rem}
        .sub,.note,figcaption,caption,.caption{color:var(--soft)}
        .sub{margin:0 0 1rem}
        .note,figcaption,caption,.caption{font-size:.875rem}
        figure{margin:1rem 0}
        figcaption{margin-top:.5rem;max-width:44rem}
        caption{text-align:left;padding:0 0 .35rem}
        .caption{margin:1.25rem 0 .35rem;max-width:44rem}
        .caption svg{display:inline-block;vertical-align:-.1em}
        .story{font-size:1.0625rem}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr));gap:.75rem;margin:1rem 0}
        .card{background:var(--band);border-left:4px solid var(--line);padding:.6rem .9rem;border-radius:.25rem}
        .card h2{margin:0 0 .2rem;padding:0;border:0;font-size:1rem}
        .card p,.card ul{margin:0}
        .card ul{padding-left:1.1rem}
        .card.well{border-color:var(--walk)}
        .card.try{border-color:var(--accent)}
        .card.diff{border-color:var(--sit)}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;padding:0;margin:.5rem 0 .75rem;
        font-size:.875rem}
        .legend li{display:flex;align-items:center;gap:.45rem}
        svg{display:block;overflow:visible;flex:none}
        svg svg{overflow:visible}
        .day{display:grid;grid-template-columns:6.5rem minmax(0,1fr);column-gap:.75rem;align-items:start;
        break-inside:avoid;padding:.3rem 0}
        .day .name{font-size:.875rem;line-height:1.3;padding-top:.15rem}
        .day .name b{font-weight:600;display:block;white-space:nowrap}
        .day .name .note{font-size:.75rem}
        .single .day{grid-template-columns:minmax(0,1fr)}
        .single .name{display:none}
        .axis{padding:0}
        .tick{font-size:12px;fill:var(--soft)}
        .ground{fill:var(--band)}
        .hour{stroke:var(--line);stroke-width:1}
        .s-walk{fill:var(--walk)}.s-stand{fill:var(--stand)}.s-sit{fill:var(--sit)}.s-lie{fill:var(--lie)}
        .s-none{fill:url(#no-data)}.hatch{stroke:var(--line);stroke-width:1.5}.s-unk{fill:var(--unk)}.s-off{fill:var(--off)}
        .bout{fill:var(--sit)}
        .m-lift,.m-deepBend,.m-twist,.m-heldBend{fill:var(--mark)}
        .m-deepBend{opacity:.55}
        .m-strainedLift,.m-fall{fill:var(--strong)}
        .m-alert,.m-note{fill:var(--accent);fill-rule:evenodd}
        .curve{fill:none;stroke-width:2.5;vector-effect:non-scaling-stroke}
        .c-sit{stroke:var(--sit)}
        .c-feet{stroke:var(--accent);stroke-dasharray:7 4}
        .scroll{overflow-x:auto;margin:0 0 1rem;max-width:100%}
        .scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
        th,td{padding:.25rem .6rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
        thead th{vertical-align:bottom;font-weight:600;color:var(--soft);line-height:1.25}
        tbody th,thead th:first-child{text-align:left;font-weight:600;padding-left:0;white-space:nowrap}
        tbody th{position:sticky;left:0;background:var(--ground)}
        .heat td,.heat thead th{text-align:center;min-width:4.2rem;white-space:nowrap}
        .heat td{border:2px solid var(--ground)}
        .h0{color:var(--soft)}
        .h1,.h2,.h3{color:var(--hink)}
        .h4,.h5{color:var(--hink2)}
        .h1{background:var(--h1)}.h2{background:var(--h2)}.h3{background:var(--h3)}.h4{background:var(--h4)}
        .h5{background:var(--h5)}
        .bars{width:100%;max-width:40rem}
        .bars .bar{width:60%}
        .bars .short{fill:var(--stand)}
        .bars .long{fill:var(--sit)}
        td{white-space:nowrap}
        .stack td{white-space:normal}
        thead th{min-width:4.2rem}
        .compare tbody th{white-space:normal;min-width:7rem;position:static}
        .compare b{display:block;font-weight:600}
        .range{color:var(--soft);font-size:.8125rem}
        .compare .change{font-weight:600}
        .compare .same{color:var(--soft)}
        .now{fill:var(--accent);fill-opacity:.75}
        .past{fill:none;stroke:var(--soft);stroke-width:1.25}
        .legend svg,caption svg{display:inline-block;vertical-align:-.1em}
        .stack{width:100%;margin:1rem 0}
        .stack td,.stack th{text-align:left}
        .stack .after{white-space:nowrap}
        .notes{padding-left:1.4rem}
        .safety{border-left:4px solid var(--strong);padding-left:.8rem}
        footer{margin-top:3rem;padding-top:.75rem;border-top:1px solid var(--line);font-size:.875rem;color:var(--soft)}
        @media (max-width:40rem){
        body{padding:1rem .9rem 2rem}
        h1{font-size:1.35rem}
        .day{grid-template-columns:minmax(0,1fr);row-gap:.15rem;padding:.35rem 0}
        .day .name{display:flex;gap:.6rem;align-items:baseline}
        .axis .name{display:none}
        .odd{display:none}
        .stack thead{position:absolute;clip-path:inset(50%);height:1px;width:1px;overflow:hidden;white-space:nowrap}
        .stack caption,.stack tbody,.stack tr,.stack th,.stack td{display:block}
        .stack tr{border-bottom:1px solid var(--line);padding:.4rem 0}
        .stack th,.stack td{border:0;padding:.05rem 0}
        .stack .after{color:var(--soft)}
        .heat{font-size:.75rem}
        .heat td,.heat thead th{min-width:2.3rem;padding:.3rem .15rem}
        .heat tbody th{padding-right:.3rem}
        .heat thead th{white-space:normal}
        .compare th,.compare td{padding:.25rem .35rem}
        .range{font-size:.75rem}
        .compare tbody th{min-width:5.5rem}
        .dots svg{width:90px}
        }
        @media print{
        @page{size:A4;margin:15mm 14mm}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        :root{--ground:#fff}
        html{font-size:9.5pt}
        body{max-width:none;padding:0;line-height:1.4}
        .cards{grid-template-columns:repeat(3,minmax(0,1fr))}
        tbody th{position:static}
        h1{font-size:16pt}
        h2{font-size:12pt;margin-top:6mm}
        h2,h3,caption{break-after:avoid}
        figure,.card,tr{break-inside:avoid}
        figure.ribbons{break-inside:auto}
        .day{grid-template-columns:24mm minmax(0,1fr);padding:.5mm 0}
        .scroll{overflow:visible}
        table{font-size:8pt}
        th,td{padding:.6mm 1.4mm}
        .heat td,.heat thead th{min-width:14mm}
        }

        """
}
