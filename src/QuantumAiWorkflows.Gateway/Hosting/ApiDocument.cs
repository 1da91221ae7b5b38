using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using QuantumAiWorkflows.Input;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>The OpenAPI document and Swagger UI: from the code, with requests that run as they stand.</summary>
internal static partial class ApiDocument
{
    public static void AddApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = StrictJson.Options.NumberHandling;
            foreach (var converter in StrictJson.Options.Converters)
                options.SerializerOptions.Converters.Add(converter);
        });
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(
                "v1",
                new OpenApiInfo
                {
                    Title = "Quantum AI Workflows",
                    Version = "v1",
                    Description =
                        "Solve optimization problems with quantum and classical solvers under equal budgets, and find out, "
                        + "with evidence, whether the quantum step is worth it. Start with POST /v1/jobs.",
                }
            );
            options.OperationFilter<Operations>();
            options.SchemaFilter<Descriptions>();
            options.DocumentFilter<MemberNames>();
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "QuantumAiWorkflows.*.xml"))
                options.IncludeXmlComments(file);
        });
    }

    public static void UseApiDocument(this WebApplication app)
    {
        app.UseSwagger(options => options.RouteTemplate = "openapi/{documentName}.json");
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.SwaggerEndpoint("/openapi/v1.json", "v1");
            options.DocumentTitle = "Quantum AI Workflows";
            options.DisplayRequestDuration();
            options.EnableTryItOutByDefault();
            options.EnableDeepLinking();
        });
    }

    /// <summary>Query parameters, headers and examples, which the strict handlers do not declare by binding.</summary>
    private sealed class Operations : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
            operation.Parameters ??= [];
            foreach (var (name, help) in metadata.OfType<QueryDocs>().SelectMany(d => d.Items))
                operation.Parameters.Add(Parameter(name, help, ParameterLocation.Query));
            foreach (var (name, help) in metadata.OfType<HeaderDocs>().SelectMany(d => d.Items))
                operation.Parameters.Add(Parameter(name, help, ParameterLocation.Header));
            foreach (var path in metadata.OfType<PathDocs>())
                if (operation.Parameters.Single(p => p.Name == path.Name) is OpenApiParameter parameter)
                    parameter.Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.String,
                        Enum = [.. path.Values.Select(v => (JsonNode)v)],
                    };
            // Of the formats of one reply only JSON has the declared type; the others are text.
            foreach (var (type, body) in operation.Responses?.Values.SelectMany(r => r.Content?.ToArray() ?? []) ?? [])
                if (!type.EndsWith("json", StringComparison.Ordinal) && body is OpenApiMediaType text)
                    text.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
            if (
                operation.RequestBody?.Content?.TryGetValue("application/json", out var media) == true
                && media is OpenApiMediaType content
            )
                content.Examples = metadata
                    .OfType<ExampleDocs>()
                    .ToDictionary(
                        example => example.Title,
                        IOpenApiExample (example) =>
                            new OpenApiExample { Summary = example.Title, Value = example.Body() }
                    );
        }

        private static OpenApiParameter Parameter(string name, string help, ParameterLocation location) =>
            new()
            {
                Name = name,
                In = location,
                Description = help,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
    }

    /// <summary>[Description] of request records, which XML comments do not carry.</summary>
    private sealed class Descriptions : ISchemaFilter
    {
        public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
        {
            var description = (System.ComponentModel.DescriptionAttribute?)
                context
                    .MemberInfo?.GetCustomAttributes(typeof(System.ComponentModel.DescriptionAttribute), true)
                    .FirstOrDefault();
            if (description is not null)
                schema.Description = description.Description;
        }
    }

    /// <summary>What comments refer to, by its name in JSON: whoever reads the document knows no types of ours.</summary>
    private sealed class MemberNames : IDocumentFilter
    {
        public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
        {
            foreach (var schema in swaggerDoc.Components?.Schemas?.Values ?? [])
            foreach (var described in (schema.Properties?.Values ?? []).Append(schema))
                if (described.Description is { } text)
                    described.Description = CodeName().Replace(text, name => $"`{Name(name.Groups["member"].Value)}`");

            static string Name(string member) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(member);
        }
    }

    [GeneratedRegex(@"\bQuantumAiWorkflows\.(\w+\.)*(?<member>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeName();
}
