using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Callback.Tests.CallScripts;

/// <summary>The schemas, made for editors, say the same as the reader.</summary>
public sealed partial class SchemaTests
{
    public static TheoryData<string> Scripts =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Config.Folder, "call-scripts"), "*.yaml", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "pack.yaml").Select(file => Path.GetRelativePath(Config.Folder, file)),
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Shipped_scripts_meet_their_schema(string file) => Assert.Empty(Mistakes(file, "call-script"));

    [Theory]
    [InlineData("call-scripts/formal-en/pack.yaml", "call-script-pack")]
    [InlineData("outcomes.yaml", "outcomes")]
    [InlineData("checklists.yaml", "checklists")]
    [InlineData("promises.yaml", "promises")]
    public void Shipped_catalogues_meet_their_schemas(string file, string schema) => Assert.Empty(Mistakes(file, schema));

    [Theory]
    [InlineData("_contexts", "wording-contexts")]
    [InlineData("rude", "wording")]
    [InlineData("absolute-promises", "wording")]
    [InlineData("red-lines", "wording")]
    [InlineData("paid-reviews", "wording")]
    [InlineData("scarcity", "wording")]
    [InlineData("privacy", "wording")]
    public void Shipped_wordings_meet_their_schemas(string file, string schema) => Assert.Empty(Mistakes($"wording/{file}.yaml", schema));

    [Theory]
    [InlineData("practice/customers", "practice-customer")]
    [InlineData("practice/courses", "practice-course")]
    public void Shipped_practice_files_meet_their_schemas(string folder, string schema)
    {
        var files = Directory.GetFiles(Path.Combine(Config.Folder, folder), "*.yaml");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Empty(Mistakes(Path.GetRelativePath(Config.Folder, file), schema)));
    }

    [Theory]
    [InlineData("title: A\nsay: B\ntell: C", "oneOf")]
    [InlineData("title: A\nsay: B\nnxt: C", "nxt")]
    [InlineData("say: B", "title")]
    [InlineData("title: A\nask: B\nfree-text: perhaps", "free-text")]
    [InlineData("title: A\ndo: { task: X, do-not-call: true }", "oneOf")]
    [InlineData("title: A\nask: B\nseveral: 3", "several")]
    public void A_mistaken_node_does_not_meet_the_schema(string node, string place)
    {
        var yaml = $"nodes:\n  one:\n    {node.Replace("\n", "\n    ", StringComparison.Ordinal)}\n";
        Assert.Contains(Mistakes(yaml, Schema("call-script")), mistake => mistake.Contains(place, StringComparison.Ordinal));
    }

    private static List<string> Mistakes(string file, string schema) => Mistakes(File.ReadAllText(Path.Combine(Config.Folder, file)), Schema(schema));

    private static JsonObject Schema(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Config.Folder, "schemas", $"{name}.schema.json")))!.AsObject();

    private static List<string> Mistakes(string yaml, JsonObject schema)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. Check(Json(stream.Documents[0].RootNode), schema, schema, "$")];
    }

    /// <summary>The keywords our schemas use; another one fails the test instead of being passed over.</summary>
    private static IEnumerable<string> Check(JsonNode? value, JsonObject schema, JsonObject root, string place)
    {
        foreach (var (keyword, rule) in schema)
        {
            var mistakes = keyword switch
            {
                "$schema" or "title" or "description" or "default" or "$defs" => [],
                "$ref" => Check(value, root["$defs"]![rule!.ToString()["#/$defs/".Length..]]!.AsObject(), root, place),
                "type" => Only(TypeOf(value) == rule!.ToString()),
                "enum" => Only(rule!.AsArray().Any(allowed => JsonNode.DeepEquals(allowed, value))),
                "const" => Only(JsonNode.DeepEquals(rule, value)),
                "pattern" => Only(Regex.IsMatch(value!.ToString(), rule!.ToString())),
                "minLength" => Only(value!.ToString().Length >= rule!.GetValue<int>()),
                "minimum" => Only(decimal.Parse(value!.ToString(), System.Globalization.CultureInfo.InvariantCulture) >= rule!.GetValue<decimal>()),
                "maximum" => Only(decimal.Parse(value!.ToString(), System.Globalization.CultureInfo.InvariantCulture) <= rule!.GetValue<decimal>()),
                "minItems" => Only(value!.AsArray().Count >= rule!.GetValue<int>()),
                "required" => rule!.AsArray().Where(key => !value!.AsObject().ContainsKey(key!.ToString())).Select(key => $"{place}: {key} is missing"),
                "properties" => value!.AsObject().Where(property => rule![property.Key] is not null)
                    .SelectMany(property => Check(property.Value, rule![property.Key]!.AsObject(), root, $"{place}.{property.Key}")),
                "additionalProperties" => value!.AsObject().Where(property => schema["properties"]?[property.Key] is null)
                    .SelectMany(property => rule is JsonObject other ? Check(property.Value, other, root, $"{place}.{property.Key}") : [$"{place}.{property.Key} is not known"]),
                "items" => value!.AsArray().SelectMany((item, index) => Check(item, rule!.AsObject(), root, $"{place}[{index}]")),
                "anyOf" => Only(rule!.AsArray().Any(option => !Check(value, option!.AsObject(), root, place).Any())),
                "oneOf" => Only(rule!.AsArray().Count(option => !Check(value, option!.AsObject(), root, place).Any()) == 1),
                _ => [$"{place}: this test does not know the keyword {keyword}"],
            };
            foreach (var mistake in mistakes)
                yield return mistake;
            if (keyword == "type" && TypeOf(value) != rule!.ToString())
                yield break;

            IEnumerable<string> Only(bool met) => met ? [] : [$"{place}: {keyword}"];
        }
    }

    private static string TypeOf(JsonNode? value) => value switch
    {
        JsonObject => "object",
        JsonArray => "array",
        JsonValue one when one.TryGetValue<bool>(out _) => "boolean",
        JsonValue one when one.TryGetValue<int>(out _) => "integer",
        _ => "string",
    };

    private static JsonNode Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, (JsonNode?)Json(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => JsonValue.Create(true),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => JsonValue.Create(false),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when Whole().IsMatch(scalar.Value ?? "") => JsonValue.Create(int.Parse(scalar.Value!, System.Globalization.CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(((YamlScalarNode)node).Value ?? ""),
    };

    [GeneratedRegex(@"\A\d{1,9}\z")]
    private static partial Regex Whole();
}
