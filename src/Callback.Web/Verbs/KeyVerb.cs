using System.CommandLine;
using Callback.Accounts;

namespace Callback.Web.Verbs;

/// <summary><c>callback key add</c> prints a new key of the API, alone on the last line; <c>callback key revoke</c> takes one out of force.</summary>
internal static class KeyVerb
{
    public static Command Create() => new("key", "Add and revoke keys of the API.") { Add(), Revoke() };

    private static Command Add()
    {
        var shop = new Option<string>("--shop") { Description = "The shop's code.", Required = true };
        var scopes = new Option<string[]>("--scopes")
        {
            Description = "orders, desk, log, campaigns, suppressions; separated by commas.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var agent = new Option<string?>("--agent") { Description = "Act as this agent; without one the key takes no calls." };
        var name = new Option<string>("--name") { Description = "What the key is for.", DefaultValueFactory = _ => "command line" };
        var days = new Option<int?>("--days") { Description = "How long it is in force (default: until it is revoked)." };
        return new Command("add", "Add a key; prints it alone on the last line, once.") { shop, scopes, agent, name, days }.Runs(async (verb, ct) =>
        {
            var input = new AddApiKeyInput(
                ShopId.Parse(verb.Arguments.GetRequiredValue(shop)),
                verb.Arguments.GetRequiredValue(name),
                [.. verb.Arguments.GetRequiredValue(scopes).SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(Scope)],
                verb.Arguments.GetValue(agent),
                verb.Arguments.GetValue(days) is { } count ? verb.Service<TimeProvider>().GetUtcNow().AddDays(count) : null);
            var added = await verb.Service<AddApiKey>().RunAsync(verb.Actor, input, ct);
            var note = input.Scopes.Contains(KeyScope.Desk) && input.Agent is null ? "Without --agent this key takes no calls. " : "";
            verb.Answer(new { keyId = added.KeyId, key = added.Key }, $"{note}Keep the key below; it is not shown again.\n{added.Key}");
            return VerbContext.Done;
        });
    }

    private static Command Revoke()
    {
        var shop = new Option<string>("--shop") { Description = "The shop's code.", Required = true };
        var key = new Argument<Guid>("KEY-ID") { Description = "As printed by key add --json, or on the screen." };
        return new Command("revoke", "Take a key out of force; its next request fails.") { shop, key }.Runs(async (verb, ct) =>
        {
            var keyId = verb.Arguments.GetRequiredValue(key);
            await verb.Service<RevokeApiKey>().RunAsync(verb.Actor, ShopId.Parse(verb.Arguments.GetRequiredValue(shop)), keyId, ct);
            verb.Answer(new { keyId, revoked = true }, $"The key {keyId} is revoked.");
            return VerbContext.Done;
        });
    }

    private static KeyScope Scope(string text) => Enum.TryParse<KeyScope>(text, ignoreCase: true, out var scope) && Enum.IsDefined(scope)
        ? scope
        : throw new FormatException($"'{text}' is not a scope: {string.Join(", ", Enum.GetNames<KeyScope>()).ToLowerInvariant()}.");
}
