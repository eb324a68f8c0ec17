// The table of contents of the command line: one file per verb in Verbs/, in the order of the data's way.
using System.CommandLine;
using System.Globalization;
using Syrinx.Cli.Terminal;
using Syrinx.Cli.Verbs;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var root = new RootCommand("Syrinx turns a platform's posts into a language model, a search and an assistant.")
{
    QuickstartVerb.Create(),
    SampleVerb.Create(),
    ImportVerb.Create(),
    PostsVerb.Create(),
    LabelVerb.Create(),
    DedupVerb.Create(),
    CurateVerb.Create(),
    ForgetVerb.Create(),
    TokenizerVerb.Create(),
    TrainVerb.Create(),
    TuneVerb.Create(),
    RunsVerb.Create(),
    EvalVerb.Create(),
    GenerateVerb.Create(),
    ExportVerb.Create(),
    IndexVerb.Create(),
    SearchVerb.Create(),
    AdsVerb.Create(),
    ServeVerb.Create(),
    KeysVerb.Create(),
    PlanVerb.Create(),
    BenchVerb.Create(),
    DoctorVerb.Create(),
};
GlobalOptions.AddTo(root);
return await VerbRunner.Run(root, args);
