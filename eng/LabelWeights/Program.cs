// Makes the shipped labels of public data sets, and measures them on what they have not seen:
//   dotnet run -c Release --project eng/LabelWeights -- rebuild DATA src/Syrinx.Data/Corpus/Labels
//   dotnet run -c Release --project eng/LabelWeights -- measure DATA
using System.Globalization;
using Syrinx.LabelWeights;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["rebuild", var data, var folder]:
        Rebuilding.Run(new DataSets(data), folder);
        return 0;
    case ["measure", var data]:
        foreach (var (what, value, bar) in new Measurement(data).All())
            Console.WriteLine($"| {what} | {value:0.0000} | {bar:0.00} |");
        return 0;
    default:
        Console.Error.WriteLine("rebuild DATA FOLDER, or measure DATA.");
        return 2;
}
