using System.Net;
using System.Text.RegularExpressions;
using Callback.CallScripts;
using Callback.Database;
using Callback.Tests.Support;
using Callback.Web.Components.Help;
using Callback.Web.Localization;
using Callback.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Web.Tests.CallScripts;

/// <summary>The editor's forms, as two schedulers and a stranger send them.</summary>
public sealed partial class ScriptPagesTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly ShopId Shop = new("maple");

    private TestApp app = null!;

    public async Task InitializeAsync() => app = await TestApp.StartAsync(database);

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task The_second_editor_of_a_step_is_told_and_finds_what_was_typed()
    {
        using var one = await app.ClientAs(Role.Scheduler, Shop);
        using var other = await app.ClientAs(Role.Manager, Shop);
        var edit = await CopyAsync(one, "two-editors");
        var fields = await FieldsAsync(one, $"{edit}?node=moment");
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(other, edit, "node", With(fields, "text.en", "Theirs, a good moment?"))).StatusCode);

        var late = await PostAsync(one, edit, "node", With(fields, "text.en", "Mine, a good moment?", "text.zh", "我写的一句"));
        var html = WebUtility.HtmlDecode(await late.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("Nothing was saved now, and nothing you typed is lost", html, StringComparison.Ordinal);
        Assert.Contains(">Mine, a good moment?</textarea>", html, StringComparison.Ordinal);
        Assert.Contains(">我写的一句</textarea>", html, StringComparison.Ordinal);
        Assert.Contains("<del>Theirs, a good moment?</del>", html, StringComparison.Ordinal);
        Assert.Contains("Theirs", (await DraftAsync("two-editors"))["moment"].Text.Source, StringComparison.Ordinal);

        var again = With(Inputs(html), "text.en", "Mine, a good moment?", "text.zh", "我写的一句");
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(one, edit, "node", again)).StatusCode);
        var saved = (await DraftAsync("two-editors"))["moment"];
        Assert.Equal("Mine, a good moment?", saved.Text.Source);
        Assert.Equal(["good", "busy", "unwilling"], saved.Answers.Select(answer => answer.Id));
    }

    [Fact]
    public async Task The_second_editor_of_the_yaml_is_told_and_finds_what_was_typed()
    {
        using var client = await app.ClientAs(Role.Scheduler, Shop);
        var edit = await CopyAsync(client, "two-yamls");
        var typed = new Dictionary<string, string> { ["revision"] = "1", ["zh"] = "title: 没写完", ["en"] = "title: half done" };
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(client, edit, "yaml", typed)).StatusCode);
        var late = await PostAsync(client, edit, "yaml", With(typed, "en", "title: the other half"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains(">title: the other half</textarea>", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await client.GetStringAsync(edit));
        Assert.Contains("cannot be shown step by step", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, edit, "publish", new Dictionary<string, string> { ["revision"] = "2", ["note"] = "no", ["sure"] = "true" })).StatusCode);
    }

    [Fact]
    public async Task A_steps_id_is_changed_with_all_that_leads_to_it_and_never_to_one_that_is_taken()
    {
        using var client = await app.ClientAs(Role.Scheduler, Shop);
        var edit = await CopyAsync(client, "renamed");
        var before = await DraftAsync("renamed");
        IEnumerable<KeyValuePair<string, string>> To(string id) => new Dictionary<string, string> { ["id"] = "moment", ["revision"] = "1", ["to"] = id };

        var taken = await PostAsync(client, edit, "rename", To(before.Nodes.Keys.First(id => id != "moment")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        Assert.Contains("There is a step with this id.", WebUtility.HtmlDecode(await taken.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, edit, "rename", To("Good moment"))).StatusCode);

        var renamed = await PostAsync(client, edit, "rename", To("good-moment"));
        Assert.Equal(HttpStatusCode.Redirect, renamed.StatusCode);
        Assert.EndsWith("node=good-moment", renamed.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var after = await DraftAsync("renamed");
        Assert.Equal(before["moment"].Text.Source, after["good-moment"].Text.Source);
        Assert.False(after.Nodes.ContainsKey("moment"));
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(client, edit, "rename", To("third"))).StatusCode);
    }

    [Fact]
    public async Task Before_a_step_is_saved_the_editor_says_that_comments_will_be_lost()
    {
        using var client = await app.ClientAs(Role.Scheduler, Shop);
        var edit = await CopyAsync(client, "commented");
        Assert.DoesNotContain("saving here drops", await client.GetStringAsync(edit), StringComparison.Ordinal);
        var typed = (await FieldsOfYamlAsync("commented")) is var (zh, en) ? new Dictionary<string, string> { ["revision"] = "1", ["zh"] = zh, ["en"] = $"# Ours\n{en}" } : [];

        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(client, edit, "yaml", typed)).StatusCode);

        Assert.Contains("The YAML has 1 comment; saving here drops it.", await client.GetStringAsync($"{edit}?node=moment"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_is_judged_and_shown_without_being_saved()
    {
        using var client = await app.ClientAs(Role.Scheduler, Shop);
        var edit = await CopyAsync(client, "as-typed");
        var fields = With(await FieldsAsync(client, $"{edit}?node=moment"), "text.en", "{{shop}} has a very long question. " + string.Concat(Enumerable.Repeat("word ", 60)));
        var part = WebUtility.HtmlDecode(await (await PostAsync(client, edit, "check", fields)).Content.ReadAsStringAsync());
        Assert.Contains("s read aloud; at most 20", part, StringComparison.Ordinal);
        Assert.Contains("Linden Shoes has a very long question", part, StringComparison.Ordinal);
        Assert.DoesNotContain("very long", (await DraftAsync("as-typed"))["moment"].Text.Source, StringComparison.Ordinal);

        var promise = WebUtility.HtmlDecode(await (await PostAsync(client, edit, "check", With(fields, "text.en", "We guarantee that it will be there tomorrow."))).Content.ReadAsStringAsync());
        Assert.Contains("Better:", promise, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_is_added_between_two_and_taken_out_again()
    {
        using var client = await app.ClientAs(Role.Scheduler, Shop);
        var edit = await CopyAsync(client, "add-and-remove");
        var before = await DraftAsync("add-and-remove");
        var added = await PostAsync(client, edit, "add", new Dictionary<string, string> { ["revision"] = "1", ["after"] = "thanks", ["new-kind"] = "Say", ["new-zh"] = "补一句", ["new-en"] = "One more: thing!" });
        Assert.EndsWith("node=one-more-thing", added.Headers.Location!.OriginalString, StringComparison.Ordinal);
        await PostAsync(client, edit, "node", With(await FieldsAsync(client, added.Headers.Location.OriginalString), "text.zh", "还有一句。", "text.en", "One more thing."));
        var after = await DraftAsync("add-and-remove");
        Assert.Equal("one-more-thing", after["thanks"].Next[0].To);
        Assert.Equal(before["thanks"].Next[0].To, after["one-more-thing"].Next[0].To);

        await PostAsync(client, edit, "remove", new Dictionary<string, string> { ["revision"] = "3", ["id"] = "one-more-thing" });
        Assert.Equal(before["thanks"].Next[0].To, (await DraftAsync("add-and-remove"))["thanks"].Next[0].To);
    }

    [Fact]
    public async Task An_export_imported_under_another_name_is_the_same_talk()
    {
        using var client = await app.ClientAs(Role.Scheduler, Shop);
        await CopyAsync(client, "to-export");
        var zip = await client.GetByteArrayAsync("/scripts/shop/to-export/export");
        var imported = await ImportAsync(client, "imported", ("zip", "script.zip", zip));
        Assert.Equal(HttpStatusCode.Redirect, imported.StatusCode);
        Assert.Equal((await DraftAsync("to-export")).Nodes.Count, (await DraftAsync("imported")).Nodes.Count);

        var refused = await ImportAsync(client, "half", ("en", "a.yaml", "title: half"u8.ToArray()));
        Assert.Contains("Send the zip, or both YAML files", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        var wrong = await ImportAsync(client, "wrong", ("en", "a.yaml", "title: half"u8.ToArray()), ("zh", "b.yaml", "title: 一半"u8.ToArray()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("'purpose' is missing", WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/scripts/shop/wrong")).StatusCode);
    }

    [Fact]
    public async Task Publishing_asks_and_says_why_and_another_shop_sees_nothing_of_it()
    {
        using var client = await app.ClientAs(Role.Scheduler, Shop);
        var edit = await CopyAsync(client, "ours-alone");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, edit, "publish", new Dictionary<string, string> { ["revision"] = "1", ["note"] = "the first" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, edit, "publish", new Dictionary<string, string> { ["revision"] = "1", ["sure"] = "true" })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(client, edit, "publish", new Dictionary<string, string> { ["revision"] = "1", ["note"] = "the first", ["sure"] = "true" })).StatusCode);
        using var stranger = await app.ClientAs(Role.Scheduler, new("cedar"));
        foreach (var page in new[] { "/scripts/shop/ours-alone", "/scripts/shop/ours-alone/edit", "/scripts/shop/ours-alone/export?version=1", "/scripts/walk?script=shop%2Fours-alone&version=1" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(page)).StatusCode);
        Assert.DoesNotContain("ours-alone", await stranger.GetStringAsync("/scripts"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_manual_names_every_value_there_is()
    {
        foreach (var language in Language.All)
        {
            var html = new HelpBook().Find(language, "value-names")!.Html.Text;
            Assert.All(ScriptValueNames.All, value => Assert.Contains($"<code>{value.Name}</code>", html, StringComparison.Ordinal));
        }
    }

    private static async Task<string> CopyAsync(HttpClient client, string name)
    {
        var copied = await client.PostFormAsync("/scripts/copy", "/scripts", [new("source", "payment-reminder"), new("name", name)]);
        Assert.Equal(HttpStatusCode.Redirect, copied.StatusCode);
        return $"/scripts/shop/{name}/edit";
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string edit, string act, IEnumerable<KeyValuePair<string, string>> fields) =>
        client.PostFormAsync(edit.Replace("/edit", $"/{act}", StringComparison.Ordinal), "/scripts", fields);

    private static async Task<HttpResponseMessage> ImportAsync(HttpClient client, string name, params (string Field, string File, byte[] Content)[] files)
    {
        var token = FormToken().Match(await client.GetStringAsync("/scripts")).Groups["token"].Value;
        using var form = new MultipartFormDataContent { { new StringContent(name), "import_name" }, { new StringContent(token), "__RequestVerificationToken" } };
        foreach (var (field, file, content) in files)
            form.Add(new ByteArrayContent(content), field, file);
        return await client.PostAsync("/scripts/import", form);
    }

    private async Task<CallScript> DraftAsync(string name)
    {
        await using var session = await app.Services.GetRequiredService<Db>().BeginAsync(Shop, default);
        var texts = await session.QuerySingleAsync<ScriptTexts>("select zh, en from script_drafts where shop_id = @Shop and name = @name", new { Shop, name }, default);
        return CheckedScript.Of(texts, app.Services.GetRequiredService<CallScriptBook>().Outcomes).En!;
    }

    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> FieldsAsync(HttpClient client, string page) => Inputs(WebUtility.HtmlDecode(await client.GetStringAsync(page)));

    /// <summary>What a browser would send of the step's form, but for its check boxes.</summary>
    private static IReadOnlyList<KeyValuePair<string, string>> Inputs(string html)
    {
        var form = html[html.IndexOf("id=\"node-form\"", StringComparison.Ordinal)..];
        form = form[..form.IndexOf("</form>", StringComparison.Ordinal)];
        var inputs = Input().Matches(form).Where(match => !match.Value.Contains("checkbox", StringComparison.Ordinal) && !match.Value.Contains("VerificationToken", StringComparison.Ordinal));
        return
        [
            .. inputs.Concat(Area().Matches(form)).Select(match => KeyValuePair.Create(match.Groups["name"].Value, match.Groups["value"].Value)),
            .. Select().Matches(form).Select(select => KeyValuePair.Create(select.Groups["name"].Value, Selected().Match(select.Groups["options"].Value).Groups["value"].Value)),
        ];
    }

    private async Task<(string Zh, string En)> FieldsOfYamlAsync(string name)
    {
        await using var session = await database.Db.BeginAsync(Shop, default);
        return await session.QuerySingleAsync<(string, string)>("select zh, en from script_drafts where shop_id = @Shop and name = @name", new { Shop, name }, default);
    }

    private static IEnumerable<KeyValuePair<string, string>> With(IEnumerable<KeyValuePair<string, string>> fields, params string[] changes)
    {
        var changed = changes.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        return fields.Where(field => !changed.ContainsKey(field.Key)).Concat(changed);
    }

    [GeneratedRegex("""<input\b[^>]*\bname="(?<name>[^"]+)"(?:(?!\bvalue=)[^>])*(value="(?<value>[^"]*)")?[^>]*>""")]
    private static partial Regex Input();

    [GeneratedRegex("""<textarea\b[^>]*\bname="(?<name>[^"]+)"[^>]*>(?<value>[^<]*)</textarea>""")]
    private static partial Regex Area();

    [GeneratedRegex("""<select\b[^>]*\bname="(?<name>[^"]+)"[^>]*>(?<options>.*?)</select>""", RegexOptions.Singleline)]
    private static partial Regex Select();

    [GeneratedRegex("""<option value="(?<value>[^"]*)" selected""")]
    private static partial Regex Selected();

    [GeneratedRegex("name=\"(__RequestVerificationToken|csrf-token)\" (value|content)=\"(?<token>[^\"]+)\"")]
    private static partial Regex FormToken();
}
