using System.CommandLine;
using System.Text.Json;
using Callback.Database.PersonalData;

namespace Callback.Web.Verbs;

/// <summary><c>callback keyring</c>: prints fresh keys of personal data, for a new database that is not the program's own.</summary>
internal static class KeyringVerb
{
    public static Command Create()
    {
        var command = new Command("keyring", "Print a fresh keyring of personal data: umask 077; callback keyring > data/keyring.json, or put it into CALLBACK_KEYRING.");
        command.SetAction(parsed =>
        {
            var keyring = Keyring.Create().ToJson();
            VerbContext.Print(parsed, JsonSerializer.Deserialize<JsonElement>(keyring), keyring);
            return VerbContext.Done;
        });
        return command;
    }
}
