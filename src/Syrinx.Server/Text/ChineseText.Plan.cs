using Syrinx.Planning;

namespace Syrinx.Server.Text;

internal sealed partial class ChineseText
{
    public override string Plan => "規劃";
    public override string PlanTheTraining => "規劃更大模型的訓練";
    public override string PlanTitle => "需要多少資源？";
    public override string PlanLead => "給定模型、語料與叢集：放不放得下、要訓練多久、用多少電、花多少錢，途中又會壞掉多少。";
    public override string PlanPresets => "範例";
    public override IReadOnlyList<string> PlanPresetNames { get; } =
        ["整個 Twitter，一萬張 A100", "整個 Twitter，一萬張 H100", "Llama 3.1 405B", "一個論壇，8 張 H100", "64 張 A100 放不下的"];
    public override string PlanInputs => "條件";
    public override string PlanParameters => "參數量";
    public override string PlanTokens => "訓練詞元數";
    public override string PlanAccelerator => "加速器";
    public override string PlanAcceleratorFacts(double tflops, double gigabytes, double? watts) =>
        $"{Decimal(tflops, 0)} TFLOP/s、{Few(gigabytes)} GB" + (watts is { } w ? $"、{Decimal(w, 0)} W" : "");
    public override string PlanCount => "數量";
    public override string PlanCountSlider => "大約的數量";
    public override string PlanSequence => "序列長度（詞元）";
    public override string PlanPrice => "每 GPU 小時價格";
    public override string PlanPriceHint => "您的價格";
    public override string PlanNotANumber => "請寫成 70B、700億、1.5T 或 7000000。";
    public override string PlanOutOfRange(double least, double most) => $"請介於 {Compact(least)} 與 {Compact(most)} 之間。";
    public override string PlanFixFields => "條件還不完整";
    public override string PlanFixFieldsHelp => "紅框欄位的下方說明了正確的寫法。";

    public override string PlanAsked(double parameters, double tokens, int count, string accelerator) =>
        $"{Compact(parameters)}參數、{Compact(tokens)}詞元、{Number(count)} 張 {accelerator}";
    public override string PlanDays(double days) => days switch
    {
        >= 1000 => $"{Few(days / 365.25)} 年",
        >= 2 => $"{Few(days)} 天",
        _ => Duration(TimeSpan.FromDays(days)),
    };
    public override string PlanDayTick(double days) => days switch
    {
        >= 1 => $"{Compact(days)} 天",
        >= 0.99 / 24 => $"{Few(days * 24)} 小時",
        >= 0.99 / 1440 => $"{Few(days * 1440)} 分",
        _ => PlanSeconds(days * 86_400),
    };
    public override string PlanSeconds(double seconds) => seconds < 90 ? $"{Few(seconds)} 秒" : Duration(TimeSpan.FromSeconds(seconds));
    public override string PlanGpuHours => "GPU 小時";
    public override string PlanCost => "費用";
    public override string PlanNoPrice => "請填入價格";
    public override string PlanEnergy => "用電";
    public override string PlanNoEnergy => "功耗未公布";
    public override string PlanPower(string power) => $"{power}，估計值";
    public override string PlanMfu => "MFU（算力利用率）";
    public override string PlanMfuNote => "單步內佔峰值算力";
    public override string PlanGoodput => "有效時間";
    public override string PlanGoodputNote => "成果得以保留";
    public override string PlanFailures => "故障次數";
    public override string PlanFailureEvery(string time) => $"每 {time}一次";
    public override string PlanRefused => "放不下";
    public override string PlanStateTooLarge(string parameters, string needed, int count, string accelerator, string held) =>
        $"{parameters}參數的權重、梯度與最佳化器狀態需要 {needed}；{Number(count)} 張 {accelerator} 扣除驅動程式後只有 {held}。";
    public override string PlanNoLayoutFits(string needed, string accelerator, string has) =>
        $"無論怎麼切分，單張加速器都必須容納 {needed}；{accelerator} 只有 {has}。";
    public override string PlanTryWith(int count, string accelerator) => $"改用 {Number(count)} 張 {accelerator}";
    public override string PlanNeverFits(string accelerator) => $"即使 100,000 張 {accelerator} 也不夠。";
    public override string PlanRemark(PlanNote note, TrainingPlan plan) => note switch
    {
        PlanNote.SomeIdle when plan.MostlyIdle =>
            $"有 {Number(plan.Count - plan.Used!.Value)} 張加速器沒有工作：每步 {Number(plan.Batch)} 條序列，再多也不會更快完成，費用卻照付。",
        PlanNote.SomeIdle => $"切分後剩下 {Number(plan.Count - plan.Used!.Value)} 張加速器，留作備援。",
        PlanNote.BatchTooSmall =>
            $"每一步有 {Percent(plan.TimeShares!.Pipeline / plan.Goodput!.Value)} 的時間管線是空的：{Number(plan.Batch)} 條序列對這麼多加速器來說太少。",
        PlanNote.BeyondPublishedRuns => "用來驗證的公開訓練紀錄裡，沒有這麼大的規模。",
        PlanNote.SystemicRisk => $"{Scientific(plan.Flops)} FLOP：達到 10²⁵ 起，歐盟《人工智慧法》推定具有系統性風險。",
        _ => $"{plan.Accelerator} 的功耗沒有公布，因此不估算用電。",
    };
    public override string PlanAssumed(string accelerator, IEnumerable<string> fields) =>
        $"{accelerator} 的資料中，這些是我們的假設，並非原廠數字：{string.Join("、", fields.Select(AcceleratorField))}。";

    public override string PlanSplit => "工作如何切分";
    public override string PlanSplitNote => "圖中是模型的一份副本，每一格是一張加速器。";
    public override string PlanCopies(int copies) => copies == 1 ? "份完整的模型" : "份副本分攤每批資料";
    public override string PlanOneCopy(int accelerators) => $"每份副本 {Number(accelerators)} 張";
    public override string PlanStages(int stages, string layers) => stages == 1 ? $"個階段，含全部 {layers} 層" : $"個管線階段，每段 {layers} 層";
    public override string PlanTensor(int tensor) => tensor == 1 ? "張加速器放一個完整的矩陣" : "張加速器共同計算每個矩陣";
    public override string PlanContext => "組分攤每條序列";
    public override string PlanRecomputation(string kind) => kind switch
    {
        "none" => "不重複計算",
        "selective" => "正規化與激活函數重算一次",
        _ => "前向傳播重算一次",
    };
    public override string PlanSharding(string kind) => kind switch
    {
        "optimizer" => "副本之間分攤最佳化器狀態",
        "everything" => "副本之間分攤權重、梯度與最佳化器",
        _ => "每份副本各有完整的最佳化器狀態",
    };
    public override string PlanMicroBatches(int microBatches, int sequences, int chunks) =>
        $"每份副本有 {Number(microBatches)} 個微批次，各 {Number(sequences)} 條序列" + (chunks > 1 ? $"；每階段分成 {chunks} 塊" : "");

    public override string PlanMemory => "單張加速器的記憶體";
    public override string PlanMemoryNote(string used, string capacity) => $"最滿的一張用了 {used}，容量 {capacity}。";
    public override string PlanMemoryLacks(string needed, string capacity) => $"最節省的切分也需要 {needed}，容量只有 {capacity}。";
    public override string PlanWeights => "權重";
    public override string PlanGradients => "梯度";
    public override string PlanOptimizer => "最佳化器";
    public override string PlanActivations => "激活值";
    public override string PlanReserve => "驅動程式與緩衝";
    public override string PlanTime => "時間花在哪裡";
    public override string PlanTimeNote => "佔整個訓練期間的比例。";
    public override string PlanCompute => "矩陣運算";
    public override string PlanOtherWork => "其他運算";
    public override string PlanTensorWait => "張量交換";
    public override string PlanPipelineWait => "管線閒置";
    public override string PlanDataWait => "梯度交換";
    public override string PlanLost => "故障與檢查點";
    public override string PlanOverhead => "評估等雜項";

    public override string PlanCurve => "天數與加速器數量";
    public override string PlanCurveNote => "虛線：數量加倍、時間減半。點一下曲線，就以該數量重新規劃。";
    public override string PlanCurveSummary(string fewest, string fewestDays, string most, string mostDays) =>
        $"{fewest} 張需要 {fewestDays}，{most} 張需要 {mostDays}。";
    public override string PlanCurveAxis(string accelerator) => $"{accelerator} 數量";
    public override string PlanCurvePoint(string count, string days, string mfu) => $"{count} 張：{days}，MFU {mfu}";
    public override string PlanDoesNotFit => "放不下";

    public override string PlanDetails => "數字明細";
    public override string PlanModel => "模型";
    public override string PlanModelOf(int layers, int width) => $"{layers} 層，寬度 {Number(width)}";
    public override string PlanFlops => "運算量";
    public override string PlanBatch => "批次";
    public override string PlanBatchOf(int sequences, string tokens) => $"{Number(sequences)} 條序列，{tokens}詞元";
    public override string PlanStep => "每一步";
    public override string PlanStepsOf(double steps) => $"共 {Decimal(steps, 0)} 步";
    public override string PlanSpeed => "速度";
    public override string PlanTokensPerSecond(double n) => $"每秒 {Compact(n)}詞元";
    public override string PlanCheckpoint => "檢查點";
    public override string PlanCheckpointIn(string time) => $"寫入需 {time}";
    public override string PlanCheckpointEvery => "寫入間隔";
    public override string PlanChinchilla => "Chinchilla 建議";
    public override string PlanChinchillaOf(string parameters, string tokens) => $"{parameters}參數、{tokens}詞元";

    public override string PlanChecked => "與公開訓練紀錄的對照";
    public override string PlanCheckedNote(double median, double leftOut, double rival, int runs) =>
        $"全部 {runs} 次有公布 GPU 小時的訓練，預測值除以公布值。誤差中位數 {Percent(median)}；兩個校準常數若不參考該次訓練，則為 {Percent(leftOut)}；只知道其他訓練之峰值比例的規劃法，則為 {Percent(rival)}。";
    public override string PlanCheckedRow(string name, string published, string predicted, double ratio) =>
        $"{name}：公布 {published}，預測 {predicted}，比值 {Decimal(ratio, 2)}";
    public override string PlanCheckedScale => "預測／公布";
    public override string PlanPublished => "公布";
    public override string PlanPredicted => "預測";
    public override string PlanCountUnknown => "數量未公布";

    private static string AcceleratorField(string field) => field switch
    {
        "matmul_tflops" => "矩陣運算速度",
        "memory_tbs" => "記憶體頻寬",
        "node_size" => "節點大小",
        "node_link_gbs" => "節點內連線",
        _ => "網路",
    };
}
