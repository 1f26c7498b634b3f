using System.CommandLine;
using Callback.Calls.LineUse;
using Callback.Telephony;

namespace Callback.Web.Verbs;

/// <summary><c>callback line set --shop CODE --caller-id NUMBER</c>: how a shop uses the provider's line, as on the page Lines.</summary>
internal static class LineVerb
{
    public static Command Create() => new("line", "How a shop uses the provider's line.") { Set() };

    private static Command Set()
    {
        var shop = new Option<string>("--shop") { Description = "The shop's code.", Required = true };
        var caller = new Option<string>("--caller-id") { Description = "The number customers see, one of the account's.", Required = true };
        var recording = new Option<CallRecording>("--recording") { Description = "What the shop wants; the policy has the last word.", DefaultValueFactory = _ => CallRecording.Off };
        var machines = new Option<bool>("--machine-detection") { Description = "Ask the provider whether a person or a machine answers." };
        return new Command("set", "Set the number customers see, recording and machine detection; what is not named is off.") { shop, caller, recording, machines }.Runs(async (verb, ct) =>
        {
            var input = new SaveLineSettingsInput(
                ShopId.Parse(verb.Arguments.GetRequiredValue(shop)), verb.Arguments.GetRequiredValue(caller), verb.Arguments.GetValue(recording), verb.Arguments.GetValue(machines));
            await verb.Service<SaveLineSettings>().RunAsync(verb.Actor, input, ct);
            verb.Answer(new { shop = input.Shop.Value, input.Recording, input.MachineDetection }, $"Saved how {input.Shop} uses the line.");
            return VerbContext.Done;
        });
    }
}
